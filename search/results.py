"""An answer of the finder, free of engines and of models."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document: its key and a score that only means something within one answer."""

    key: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResults:
    """`hits` of one page, `total` over all pages, `facets` facet name → code → number of documents (counted under the choices
    of all *other* facets), `did_you_mean` another spelling or None, `terms` the stems to mark in snippets, `related` documents
    that do not hold the words but are like the first hits (to fill up a short first page; in neither `total` nor `facets`),
    `degraded` when a fall-back answered, `available` False when no engine could answer at all (then the rest says nothing: let
    people browse)."""

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    did_you_mean: str | None = None
    terms: frozenset[str] = frozenset()
    related: tuple[Hit, ...] = ()
    degraded: bool = False
    available: bool = True
