"""Lists of pages on pages: what stands below a section, what belongs to a domain."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from wagtail.models import Page

from portal.content.cards import Card, cards_for, of_their_types, tagged_models, with_image
from portal.content.snapshot import Link, current, visible

PAGE_SIZE = 24
GROUP_SIZE = 3
# What helps a school most comes first; kinds that are not named here come after these.
KIND_ORDER = ("voorbeeld", "les", "bijscholing", "vraag", "kennis", "hulp", "organisatie", "nieuws")


def kind_place(kind: str) -> tuple[int, str]:
    """Sorts kinds of pages: as KIND_ORDER has them, then by their codes."""
    return (KIND_ORDER.index(kind) if kind in KIND_ORDER else len(KIND_ORDER), kind)


@dataclass(frozen=True, slots=True)
class Pager:
    """Where the visitor is in a list; `newer` and `older` are query strings, empty at the ends."""

    number: int
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class Group:
    """The newest pages of one kind, and where to find the others."""

    kind: str
    kind_label: Any
    cards: tuple[Card, ...]
    more_url: str


def page_number(text: str) -> int:
    """The number of a page of a list, from 1; what is no page number means the first."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def child_cards(parent: Any, number: int) -> tuple[list[Card], Pager]:
    """The cards of one page of what stands directly below `parent`: domains in the order of the flower, then the rest, newest
    first. Http404 beyond the last page."""
    start = (number - 1) * PAGE_SIZE
    below = visible(Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1))
    rows = below.order_by("-first_published_at", "-pk").values_list("pk", "content_type_id")
    found = list(rows[start : start + PAGE_SIZE + 1])
    if number > 1 and not found:
        raise Http404
    pager = Pager(
        number,
        f"?page={number - 1}" if number > 1 else "",
        f"?page={number + 1}" if len(found) > PAGE_SIZE else "",
    )
    cards = cards_for(of_their_types(found[:PAGE_SIZE]))
    places = {link.address: place for place, link in enumerate(other_domains())}
    return sorted(cards, key=lambda card: places.get(card.url, len(places))), pager


def domain_groups(page: Any) -> list[Group]:
    """What belongs to the domain of this page: the newest pages of each kind."""
    if not page.domain_id:
        return []
    found: list[Any] = []
    for model in tagged_models():
        if isinstance(page, model):
            continue
        mine = visible(with_image(model).filter(wsa=page.domain_id))
        found += mine.order_by("-first_published_at", "-pk")[:GROUP_SIZE]
    cards = cards_for(found)
    plurals = {page.kind: page.kind_plural for page in found}
    groups = []
    for kind in sorted(plurals, key=kind_place):
        shown = tuple(card for card in cards if card.kind == kind)
        more = "/zoeken/?" + urlencode({"kind": kind, "wsa": page.domain.code})
        groups.append(Group(kind, plurals[kind], shown, more))
    return groups


def other_domains() -> tuple[Link, ...]:
    """The domain pages in the order of the flower."""
    return current().domains


def latest(model: type[Page], size: int) -> list[Card]:
    """Cards of the visible pages of one type with the latest `date`."""
    return cards_for(visible(with_image(model)).order_by("-date", "-pk")[:size])


def newest(model: type[Page], size: int) -> list[Card]:
    """Cards of the newest visible pages of one type."""
    pages = visible(with_image(model)).order_by("-first_published_at", "-pk")[:size]
    return cards_for(pages)
