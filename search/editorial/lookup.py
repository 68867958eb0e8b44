"""Synonyms, whole words and promoted results of the editors, per process, by their stamp: no query at a search."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from portal.stamps.models import read
from search.models import Promotion, SynonymGroup, WholeWord
from search.query import clean_text

STAMP = "search"


@dataclass(frozen=True, slots=True)
class Editorial:
    """What editors told the finder at one value of the stamp, on one day (promotions end on a day)."""

    stamp: tuple[int, str]
    groups: tuple[tuple[str, ...], ...]
    wholes: frozenset[str]
    promotions: Mapping[str, tuple[int, ...]]


_kept: Editorial | None = None


def stamp() -> tuple[int, str]:
    """Changes with every change of the editors, and every day."""
    return read().get(STAMP, 0), timezone.localdate().isoformat()


def editorial() -> Editorial:
    """What editors told the finder, as it is now."""
    global _kept
    now = stamp()
    kept = _kept
    if kept is None or kept.stamp != now:
        kept = _kept = _read(now)
    return kept


def promoted(text: str) -> tuple[int, ...]:
    """Keys of the pages that stand on top for exactly this search."""
    return editorial().promotions.get(clean_text(text).lower(), ())


def _read(now: tuple[int, str]) -> Editorial:
    promotions: dict[str, list[int]] = defaultdict(list)
    current = Promotion.objects.filter(Q(until=None) | Q(until__gte=timezone.localdate()))
    for text, page in current.order_by("text", "order", "pk").values_list("text", "page_id"):
        promotions[text].append(page)
    return Editorial(
        stamp=now,
        groups=tuple(group.members() for group in SynonymGroup.objects.all()),
        wholes=frozenset(WholeWord.objects.values_list("word", flat=True)),
        promotions={text: tuple(pages) for text, pages in promotions.items()},
    )
