"""The whole vocabulary in memory: read once a process and again after a change, so that labels cost no query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.stamps import models as stamps
from portal.vocabulary.models import Concept, title


@dataclass(frozen=True, slots=True)
class ConceptValue:
    """A concept as templates and services use it: no query behind any attribute. `position` sorts concepts of any scheme."""

    pk: int
    scheme: str
    code: str
    notation: str
    label: str
    label_en: str
    explanation: str
    official_text: str
    broader_code: str
    subject_area: str
    uris: tuple[str, ...]
    alt_labels: tuple[str, ...]
    hidden_labels: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    verified: bool
    retired: bool
    position: int

    def __str__(self) -> str:
        return self.label

    @property
    def title(self) -> str:
        """The label as a list shows it, with the official number where that helps."""
        return title(self.scheme, self.notation, self.label)


class Vocabulary:
    """All concepts as they were at one moment. Immutable, so it may be shared between threads."""

    def __init__(self, concepts: Iterable[ConceptValue]) -> None:
        self._by_id = {concept.pk: concept for concept in concepts}
        self._by_code = {(concept.scheme, concept.code): concept for concept in self._by_id.values()}
        schemes: dict[str, list[ConceptValue]] = {}
        narrower: dict[tuple[str, str], list[ConceptValue]] = {}
        for concept in sorted(self._by_id.values(), key=lambda concept: concept.position):
            schemes.setdefault(concept.scheme, []).append(concept)
            if concept.broader_code:
                narrower.setdefault((concept.scheme, concept.broader_code), []).append(concept)
        self._narrower = {key: tuple(values) for key, values in narrower.items()}
        self._schemes = {scheme: tuple(values) for scheme, values in schemes.items()}
        self._current = {
            scheme: tuple(concept for concept in values if not concept.retired) for scheme, values in self._schemes.items()
        }

    def by_id(self, pk: int | None) -> ConceptValue | None:
        """The concept with this primary key, retired or not; None when there is none."""
        return None if pk is None else self._by_id.get(pk)

    def get(self, scheme: str, code: str) -> ConceptValue | None:
        """The concept with this code, retired or not; None when there is none."""
        return self._by_code.get((scheme, code))

    def scheme(self, scheme: str, *, retired: bool = False) -> tuple[ConceptValue, ...]:
        """The concepts of a scheme in their order; with `retired` also those that may no longer be chosen."""
        return (self._schemes if retired else self._current).get(scheme, ())

    def narrower(self, concept: ConceptValue) -> tuple[ConceptValue, ...]:
        """The concepts directly below this one, retired ones too, in their order."""
        return self._narrower.get((concept.scheme, concept.code), ())

    def ancestors(self, concept: ConceptValue) -> tuple[ConceptValue, ...]:
        """The broader concepts, the nearest first."""
        found: dict[str, ConceptValue] = {}
        above = self.get(concept.scheme, concept.broader_code)
        while above is not None and above.code not in found:
            found[above.code] = above
            above = self.get(above.scheme, above.broader_code)
        return tuple(found.values())

    def descendants(self, concept: ConceptValue) -> tuple[ConceptValue, ...]:
        """All narrower concepts, retired ones too (old pages carry them), each before its own narrower ones."""
        found: dict[str, ConceptValue] = {}
        waiting = list(reversed(self.narrower(concept)))
        while waiting:
            below = waiting.pop()
            if below.code not in found:
                found[below.code] = below
                waiting.extend(reversed(self.narrower(below)))
        return tuple(found.values())


# The stamp and what was read after it. One assignment replaces both, so threads never see a mixture.
_kept: tuple[int, Vocabulary] | None = None


def vocabulary() -> Vocabulary:
    """The vocabulary as it is now. When nothing changed it costs the reading of the stamps, which a web request shares."""
    global _kept
    stamp = stamps.read().get(stamps.VOCABULARY, 0)
    kept = _kept
    if kept is None or kept[0] != stamp:
        # The stamp is read before the concepts: a change in between makes the next reader read again, never a stale answer.
        kept = _kept = (stamp, _read())
    return kept[1]


def _read() -> Vocabulary:
    concepts = list(Concept.objects.order_by("scheme", "order", "code"))
    codes: dict[int | None, str] = {concept.pk: concept.code for concept in concepts}
    return Vocabulary(
        ConceptValue(
            pk=concept.pk,
            scheme=concept.scheme,
            code=concept.code,
            notation=concept.notation,
            label=concept.label_nl,
            label_en=concept.label_en,
            explanation=concept.explanation,
            official_text=concept.official_text,
            broader_code=codes.get(concept.broader_id, ""),
            subject_area=concept.subject_area,
            uris=tuple(concept.uris),
            alt_labels=tuple(concept.alt_labels),
            hidden_labels=tuple(concept.hidden_labels),
            valid_from=concept.valid_from,
            valid_until=concept.valid_until,
            verified=concept.verified,
            retired=concept.retired,
            position=position,
        )
        for position, concept in enumerate(concepts)
    )
