"""The flower of a school: a petal for each domain of the Whole School Approach, as full as the school says it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import ConceptValue, vocabulary
from schools.models import Scan
from schools.scan.enums import Level

# The share of the points, in per cent, from which a petal is at a level.
FROM = ((67, Level.STRONG), (34, Level.UNDER_WAY), (0, Level.BEGINNING))
# How large the filled part of a petal is drawn; its outline always has the full size.
SCALES = {Level.EMPTY: 0.0, Level.BEGINNING: 0.42, Level.UNDER_WAY: 0.7, Level.STRONG: 1.0}


@dataclass(frozen=True, slots=True)
class Petal:
    """One domain of one school: how full, with its share of the points (None: not filled in)."""

    domain: ConceptValue
    level: Level
    share: int | None

    @property
    def scale(self) -> str:
        """The size of the filled part, as SVG wants it; empty when there is none."""
        return f"{SCALES[self.level]:g}" if self.level else ""

    @property
    def marks(self) -> range:
        """One for each step reached."""
        return range(int(self.level))


def petals(result: Mapping[str, int]) -> tuple[Petal, ...]:
    """The flower of one result (domain → share), in the order of the vocabulary."""
    return _petals(result, vocabulary().scheme(Scheme.WSA))


def _petals(result: Mapping[str, int], domains: Sequence[ConceptValue]) -> tuple[Petal, ...]:
    return tuple(Petal(domain, level_of(result.get(domain.code)), result.get(domain.code)) for domain in domains)


def level_of(share: int | None) -> Level:
    """The level that goes with a share of the points."""
    if share is None:
        return Level.EMPTY
    return next(level for least, level in FROM if share >= least)


def flowers_of(schools: Collection[int]) -> dict[int, tuple[Petal, ...]]:
    """The flowers of schools, by key: one query for any number of them."""
    latest: dict[int, Mapping[str, int]] = {}
    for school, result in Scan.objects.filter(school__in=schools).finished().values_list("school", "result"):
        latest.setdefault(school, result)
    domains = vocabulary().scheme(Scheme.WSA)
    return {school: _petals(latest.get(school, {}), domains) for school in schools}
