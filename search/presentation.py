"""The finder as a page shows it: hits as cards with snippets, filters with counts, chips, pager."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString

from portal.content.cards import Card, cards_for, specific_pages
from portal.vocabulary.lookup import vocabulary
from search.facets import FacetSpec
from search.forms import Request, facet_label, facet_order
from search.personal import Offered
from search.registry import facets
from search.results import SearchResults
from search.snippets import marked, snippet


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit: its card, its title and a piece of its text with the found words marked; `position` counts from 1 over all pages;
    `promoted` when the editors put it on top."""

    card: Card
    title: SafeString
    snippet: SafeString
    position: int
    promoted: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter; `depth` counts the wider values that it stands below."""

    code: str
    label: str
    count: int
    selected: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet with the values that are in use: those that show at once and those behind "more"."""

    name: str
    label: Any
    shown: tuple[Option, ...]
    more: tuple[Option, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class PersonalOption:
    """A personal filter; `detail` says what it stands for."""

    name: str
    label: str
    detail: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value, and the address without it."""

    facet: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the visitor is: page numbers from 1 and the addresses of the pages beside this one, empty at the ends."""

    number: int
    last: int
    previous_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class Finder:
    """Everything the template of the finder needs."""

    action: str
    request: Request
    total: int
    hits: tuple[ShownHit, ...]
    related: tuple[ShownHit, ...]
    filters: tuple[Filter, ...]
    personal: tuple[PersonalOption, ...]
    chips: tuple[Chip, ...]
    pages: Pages
    sorts: tuple[tuple[str, str, bool], ...]
    did_you_mean: str
    did_you_mean_url: str
    clear_url: str
    first_url: str
    unfiltered_url: str
    degraded: bool
    unavailable: bool

    @property
    def text(self) -> str:
        """What the visitor typed."""
        return self.request.query.text

    @property
    def canonical(self) -> str:
        """The whole question as a query string without "?", to follow it by mail or feed."""
        return self.request.canonical()


def present(
    request: Request, results: SearchResults, *, action: str, sorts: Mapping[str, Any], promoted: Sequence[int] = ()
) -> Finder:
    """The finder for one question and its answer; `promoted` are the keys of pages that stand on top of it."""
    query = request.query
    last = max(1, -(-results.total // query.size))
    url = request.parameters
    did = results.did_you_mean or ""
    hits, related = _hits(results, promoted, first=(query.page - 1) * query.size + 1)
    return Finder(
        action=action,
        request=request,
        total=results.total,
        hits=hits,
        related=related,
        filters=tuple(_filter(spec, request, results) for spec in facets().values() if spec.name not in request.settled),
        personal=tuple(PersonalOption(one.name, str(one.label), _detail(one), one.chosen) for one in request.personal),
        chips=_chips(request),
        pages=Pages(
            query.page,
            last,
            url(page=query.page - 1) if query.page > 1 else "",
            url(page=query.page + 1) if query.page < last else "",
        ),
        sorts=tuple((name, str(label), name == query.sort) for name, label in sorts.items()),
        did_you_mean=did,
        did_you_mean_url=_replaced(request, did) if did else "",
        clear_url=action,
        first_url=url(),
        unfiltered_url=Request(replace(query, filters=request.preset), request.preset, ()).parameters(),
        degraded=results.degraded,
        unavailable=not results.available,
    )


def _hits(results: SearchResults, promoted: Sequence[int], *, first: int) -> tuple[tuple[ShownHit, ...], tuple[ShownHit, ...]]:
    """What was found, promoted pages first, and what is like it."""
    keys = dict.fromkeys([*promoted, *(int(hit.key) for hit in results.hits if hit.key.isdigit())])
    related = dict.fromkeys(int(hit.key) for hit in results.related if hit.key.isdigit() and int(hit.key) not in keys)
    pages = specific_pages([*keys, *related])
    cards = {card.key: card for card in cards_for(pages)}
    terms = results.terms
    texts = {page.pk: " ".join([page.summary, *page.searchable_text()]) for page in pages} if terms else {}

    def shown(key: int, position: int) -> ShownHit:
        text = snippet(texts.get(key) or cards[key].summary, terms)
        return ShownHit(cards[key], marked(cards[key].title, terms), text, position, key in promoted)

    every = [(key, shown(key, position)) for position, key in enumerate([*keys, *related], first) if key in cards]
    return tuple(hit for key, hit in every if key in keys), tuple(hit for key, hit in every if key in related)


def _filter(spec: FacetSpec, request: Request, results: SearchResults) -> Filter:
    counts = results.facets.get(spec.name, {})
    chosen = request.query.filters.get(spec.name, ())
    order = facet_order(spec)
    options = []
    for code in sorted({*counts, *chosen}, key=lambda code: order.get(code, 10_000)):
        label = facet_label(spec, code)
        if label is not None:
            options.append(Option(code, label, counts.get(code, 0), code in chosen))
    # What is chosen always shows; of the rest the values that find most come first.
    best = {o.code for o in sorted(options, key=lambda o: (not o.selected, -o.count))[: max(spec.open_values, len(chosen))]}
    return Filter(
        name=spec.name,
        label=spec.label,
        shown=_indented(spec, [option for option in options if option.code in best]),
        more=_indented(spec, [option for option in options if option.code not in best]),
        open=bool(chosen) or not spec.folded,
    )


def _indented(spec: FacetSpec, options: Sequence[Option]) -> tuple[Option, ...]:
    """The same values, each below the wider one if that stands right above it: "speciaal onderwijs" below "gespecialiseerd"."""
    above: list[str] = []
    shown = []
    for option in options:
        concept = vocabulary().get(spec.scheme, option.code) if spec.scheme else None
        while above and (concept is None or above[-1] != concept.broader_code):
            above.pop()
        shown.append(replace(option, depth=min(len(above), 2)))
        above.append(option.code)
    return tuple(shown)


def _chips(request: Request) -> tuple[Chip, ...]:
    specs = facets()
    chosen = tuple(
        Chip(str(specs[name].label), facet_label(specs[name], code) or code, request.parameters(without=(name, code)))
        for name, codes in request.query.filters.items()
        if name not in request.settled
        for code in codes
    )
    on = [one for one in request.personal if one.chosen]
    mine = (Chip(str(one.label), str(one.label), request.parameters(without=(one.name, "1"))) for one in on)
    return (*mine, *chosen)


def _detail(personal: Offered) -> str:
    """The names of the values that a personal filter stands for."""
    specs = facets()
    pairs = [(specs[name], code) for name, codes in personal.codes.items() if name in specs for code in codes]
    return ", ".join(facet_label(spec, code) or code for spec, code in pairs)


def _replaced(request: Request, text: str) -> str:
    return replace(request, query=replace(request.query, text=text)).parameters()
