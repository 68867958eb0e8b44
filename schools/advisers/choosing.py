"""Which adviser helps a school: by province, sector and domain."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from portal.media.renditions import with_renditions
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import ConceptValue, Vocabulary, vocabulary
from portal.vocabulary.tags import concepts_of
from schools.models import Adviser, School


@dataclass(frozen=True, slots=True)
class ShownAdviser:
    """An adviser with what is known of them at hand: no query behind any attribute."""

    adviser: Adviser
    provinces: tuple[ConceptValue, ...]
    sectors: tuple[ConceptValue, ...]
    domains: tuple[ConceptValue, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom somebody looks for, as codes; what is empty does not matter."""

    province: str = ""
    sectors: Collection[str] = ()
    domains: Collection[str] = ()


def all_advisers() -> list[ShownAdviser]:
    """Every adviser with a public page, by name: one query for them, one for their tags, one for their photographs."""
    advisers = list(Adviser.objects.shown())
    with_renditions([adviser.image for adviser in advisers if adviser.image])
    tags = concepts_of(advisers)
    return [ShownAdviser(one, tags[one.pk]["provinces"], tags[one.pk]["sectors"], tags[one.pk]["wsa"]) for one in advisers]


def fitting(advisers: Sequence[ShownAdviser], wanted: Wanted, *, limit: int | None = None) -> list[ShownAdviser]:
    """Those who help what is wanted, the most particular first: who names the province comes before who serves the country."""
    words = vocabulary()
    scored = [(score, one) for one in advisers if (score := _score(one, wanted, words)) is not None]
    scored.sort(key=lambda pair: -pair[0])
    return [one for _, one in scored][:limit]


def adviser_for(school: School, domains: Collection[str] = ()) -> ShownAdviser | None:
    """Whom this school should call: by its province and sectors, and by the domains it asks about, as codes."""
    province = vocabulary().by_id(school.province_id)
    sectors = [concept.code for concept in concepts_of([school])[school.pk]["sectors"]]
    wanted = Wanted(province=province.code if province else "", sectors=sectors, domains=domains)
    return next(iter(fitting(all_advisers(), wanted, limit=1)), None)


def _score(one: ShownAdviser, wanted: Wanted, words: Vocabulary) -> int | None:
    """Higher is better; None when this adviser is for others."""
    asked = (
        (4, {wanted.province} - {""}, {concept.code for concept in one.provinces}),
        (2, set(wanted.domains), {concept.code for concept in one.domains}),
        (1, _with_wider(words, wanted.sectors), _with_wider(words, [concept.code for concept in one.sectors])),
    )
    score = 0
    for weight, looked_for, offered in asked:
        if looked_for and offered:
            if not looked_for & offered:
                return None
            score += weight
    return score


def _with_wider(words: Vocabulary, sectors: Collection[str]) -> set[str]:
    """Sectors with those they are part of: special primary education is primary education too."""
    concepts = [words.get(Scheme.SECTOR, code) for code in sectors]
    return {one.code for concept in concepts if concept for one in (concept, *words.ancestors(concept))}
