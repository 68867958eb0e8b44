"""Count what visitors do with the finder, and fold the counts into the database."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from search.counting.counters import CounterPort, counter
from search.counting.events import Event, Kind, scrub
from search.models import ClickCount, FoldedBatch, SearchCount

KEEP_DAYS = 400
COLUMN: Mapping[str, str] = {"search": "searches", "empty": "without_result", "found": "found", "not-found": "not_found"}


def count_search(text: str, *, total: int) -> None:
    """Somebody searched for this and got so many results. An empty or wholly scrubbed text is not counted."""
    _count("search", text)
    if not total:
        _count("empty", text)


def count_answer(text: str, *, found: bool) -> None:
    """Somebody answered whether it was found."""
    _count("found" if found else "not-found", text)


def count_click(text: str, *, key: str, position: int) -> None:
    """Somebody opened the result at this position (from 1)."""
    kept = scrub(text)
    if kept and key.isascii() and key.isdigit() and len(key) <= 20 and 1 <= position <= 1000:
        counter().add(Event("click", timezone.localdate(), kept, key, position))


def fold(*, source: CounterPort | None = None) -> int:
    """Bring what waits into the tables; returns the number of batches. Safe to be killed anywhere and to run twice at once."""
    source = source or counter()
    number = 0
    for name, counts in source.batches():
        with transaction.atomic():
            _, new = FoldedBatch.objects.get_or_create(name=name)
            if new:
                _fold_batch(counts)
        source.forget(name)
        number += 1
    return number


def forget_old() -> int:
    """Delete counts older than KEEP_DAYS and the names of batches older than a week; returns the number of counts."""
    oldest = timezone.localdate() - timedelta(days=KEEP_DAYS)
    gone, _ = SearchCount.objects.filter(day__lt=oldest).delete()
    clicks, _ = ClickCount.objects.filter(day__lt=oldest).delete()
    FoldedBatch.objects.filter(folded_at__lt=timezone.now() - timedelta(days=7)).delete()
    return gone + clicks


def _count(kind: Kind, text: str) -> None:
    kept = scrub(text)
    if kept:
        counter().add(Event(kind, timezone.localdate(), kept))


def _fold_batch(counts: Mapping[Event, int]) -> None:
    rows: dict[tuple[date, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for event, number in counts.items():
        if event.kind == "click":
            click, _ = ClickCount.objects.get_or_create(day=event.day, text=event.text, key=event.key, position=event.position)
            ClickCount.objects.filter(pk=click.pk).update(clicks=F("clicks") + number)
        else:
            rows[event.day, event.text][COLUMN[event.kind]] += number
    for (day, text), columns in rows.items():
        row, _ = SearchCount.objects.get_or_create(day=day, text=text)
        SearchCount.objects.filter(pk=row.pk).update(**{column: F(column) + number for column, number in columns.items()})
