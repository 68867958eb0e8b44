"""What the floors above (and the portal's own pages) tell the finder about themselves, from `AppConfig.ready()`.

Search knows no domain type: it knows models that were registered with a builder, and facets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from search.documents import SearchDocument
from search.facets import FacetSpec


@dataclass(frozen=True, slots=True)
class PageSource:
    """A findable page type: its model, its kind (code and label of the facet `kind`), and how to read a batch of its pages.

    `documents(pages)` gets specific, live and public pages and returns one document for each; it may use a fixed number of
    queries for the whole batch.
    """

    model: type[Page]
    kind: str
    label: Any
    documents: Callable[[list[Any]], list[SearchDocument]]


_sources: dict[type[Page], PageSource] = {}
_facets: dict[str, FacetSpec] = {}


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
