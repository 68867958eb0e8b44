"""What the floors above (and the portal's own pages) tell the finder about themselves, from `AppConfig.ready()`.

Search knows no domain type: it knows models that were registered with a builder, and facets.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from search.documents import SearchDocument
from search.facets import FacetSpec


@dataclass(frozen=True, slots=True)
class PageSource:
    """A findable page type: its model, its kind (code and label of the facet `kind`), and how to read a batch of its pages.

    `documents(pages, revisions)` gets specific, live and public pages with the revision of each (by key) and returns one
    document for each page; it may use a fixed number of queries for the whole batch.
    """

    model: type[Page]
    kind: str
    label: Any
    documents: Callable[[list[Any], Mapping[str, int]], list[SearchDocument]]


@dataclass(frozen=True, slots=True)
class SynonymSource:
    """Words that mean the same, from a table that editors may change.

    `groups()` gives groups of wordings; `stamp()` gives a value that changes whenever the groups do. The stamp is asked for at
    every search, so it must be cheap; a change works at the next search, without rebuilding the index.
    """

    name: str
    stamp: Callable[[], Hashable]
    groups: Callable[[], Iterable[Sequence[str]]]
    # Words that look like compounds but must be left whole in a question.
    wholes: Callable[[], Iterable[str]] = tuple


_sources: dict[type[Page], PageSource] = {}
_facets: dict[str, FacetSpec] = {}
_synonyms: dict[str, SynonymSource] = {}


def register_page(source: PageSource) -> None:
    """Make a page type findable. Raises ValueError when the model or the kind is taken by another source."""
    taken = _sources.get(source.model)
    if (taken and taken != source) or any(s.kind == source.kind and s.model is not source.model for s in _sources.values()):
        raise ValueError(f"{source.model.__name__} or kind {source.kind!r} is registered already")
    _sources[source.model] = source


def register_facet(spec: FacetSpec) -> None:
    """Make a facet known; registering the same one again changes nothing. Raises ValueError for another one of that name."""
    if _facets.setdefault(spec.name, spec) != spec:
        raise ValueError(f"facet {spec.name!r} is registered already")


def sources() -> dict[type[Page], PageSource]:
    """All findable page types by model."""
    return dict(_sources)


def facets() -> dict[str, FacetSpec]:
    """All facets by name, in the order they were registered."""
    return dict(_facets)


def register_synonyms(source: SynonymSource) -> None:
    """Add a source of synonyms. Raises ValueError when another one has its name."""
    if _synonyms.setdefault(source.name, source) != source:
        raise ValueError(f"synonyms {source.name!r} are registered already")


def synonym_sources() -> tuple[SynonymSource, ...]:
    """All sources of synonyms, in the order they were registered."""
    return tuple(_synonyms.values())
