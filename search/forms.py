"""What a visitor asked, read from the address; whatever cannot be read is left out and said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from portal.content.listings import kind_place
from portal.vocabulary.lookup import vocabulary
from search.facets import FacetSpec
from search.personal import Offered
from search.query import SearchQuery, page_number
from search.registry import facets, sources

MAX_CODES = 30


@dataclass(frozen=True, slots=True)
class Request:
    """A readable question: the query itself, the filters the page came with (`preset`), the names of filters that were asked for
    but do not exist, and the `personal` filters of who asks."""

    query: SearchQuery
    preset: Mapping[str, tuple[str, ...]]
    unknown: tuple[str, ...]
    personal: tuple[Offered, ...] = ()

    @property
    def settled(self) -> frozenset[str]:
        """The facets that are not for the visitor to choose: those of the page, and of the personal filters that are on."""
        return frozenset([*self.preset, *(name for one in self.personal if one.chosen for name in one.codes)])

    def parameters(self, *, without: tuple[str, str] | None = None, page: int = 1, sort: str | None = None) -> str:
        """The question as a query string, with one filter value left out, another page or another order."""
        query = self.query
        pairs: list[tuple[str, str]] = [("q", query.text)] if query.text else []
        for name, codes in query.filters.items():
            if name not in self.settled:
                pairs += [(name, code) for code in codes if (name, code) != without]
        pairs += [(one.name, "1") for one in self.personal if one.chosen and (one.name, "1") != without]
        order = sort or query.sort
        if order != "relevance":
            pairs.append(("sort", order))
        if not query.correct:
            pairs.append(("exact", "1"))
        if page > 1:
            pairs.append(("page", str(page)))
        return "?" + urlencode(pairs)

    def chosen(self) -> list[tuple[FacetSpec, tuple[str, ...]]]:
        """Every filter, those of the page among them, with its codes; whatever was asked first, in the same order."""
        filters = self.query.filters
        return [(spec, tuple(sorted(filters[name]))) for name, spec in facets().items() if name in filters]

    def canonical(self) -> str:
        """The whole question as the one query string (without "?") that all ways to ask it share; order and page left out."""
        filters = {spec.name: codes for spec, codes in self.chosen()}
        return Request(replace(self.query, filters=filters, sort="relevance"), {}, ()).parameters().removeprefix("?")


def parse(data: QueryDict, *, preset: Mapping[str, tuple[str, ...]] | None = None, personal: tuple[Offered, ...] = ()) -> Request:
    """Read a question from GET parameters. Never raises: impossible values are ignored and named in `unknown`. A personal filter
    that is on takes the place of what is chosen for its facets."""
    preset = preset or {}
    filters: dict[str, tuple[str, ...]] = {}
    for one in personal:
        filters.update(one.codes if one.chosen else {})
    filters.update(preset)
    unknown: list[str] = []
    for name, spec in facets().items():
        if name in filters or name not in data:
            continue
        asked = dict.fromkeys(code[:80] for code in data.getlist(name)[:MAX_CODES] if code)
        known = tuple(code for code in asked if known_code(spec, code))
        if known:
            filters[name] = known
        if len(known) < len(asked):
            unknown.append(str(spec.label))
    query = SearchQuery(
        text=data.get("q", ""),
        filters=filters,
        sort=data.get("sort", ""),
        page=page_number(data.get("page", "")),
        correct=data.get("exact") != "1",
    )
    return Request(query, preset, tuple(unknown), personal)


def known_code(spec: FacetSpec, code: str) -> bool:
    """Whether a facet can have this value at all."""
    return facet_label(spec, code) is not None


def facet_label(spec: FacetSpec, code: str) -> str | None:
    """What a visitor reads for a value of a facet, or None when there is no such value."""
    if spec.name == "kind":
        return next((str(source.label) for source in sources().values() if source.kind == code), None)
    if spec.choices is not None:
        return str(spec.choices[code]) if code in spec.choices else None
    concept = vocabulary().get(spec.scheme, code)
    return concept.label if concept else None


def facet_order(spec: FacetSpec) -> dict[str, int]:
    """Code → place of every value of a facet, in the order editors gave them."""
    if spec.name == "kind":
        codes = sorted({source.kind for source in sources().values()}, key=kind_place)
    elif spec.choices is not None:
        codes = list(spec.choices)
    else:
        codes = [concept.code for concept in vocabulary().scheme(spec.scheme)]
    return {code: place for place, code in enumerate(codes)}
