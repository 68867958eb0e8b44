"""Places on ground-floor pages that the floors above fill, so that the ground floor need not know them.

`register("home", provider, queries=2)` in `AppConfig.ready()`; a provider gets the page (or None) and the request and returns
a template name with its context, or None to stay away. It states how many queries it needs, cold, at most.

A floor above that has pages of its own offers places on them in the same way: `declare("school-main")` in its `ready()`, and
`{% slot "school-main" school %}` in its template; providers then get that object where others get the page.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

SLOTS = {"home", "domain", "answer", "page-aside", "page-end", "account", "header", "footer"}

Provider = Callable[[Any, HttpRequest], tuple[str, dict[str, Any]] | None]


@dataclass(frozen=True, slots=True)
class Filling:
    """A provider and the number of queries it may need."""

    provider: Provider
    queries: int


_slots: dict[str, list[Filling]] = defaultdict(list)


def declare(*names: str) -> None:
    """Offer slots on pages of a floor above."""
    SLOTS.update(names)


def register(slot: str, provider: Provider, *, queries: int) -> None:
    """Let `provider` fill `slot`; registering it again changes nothing. Raises ValueError for an unknown slot."""
    if slot not in SLOTS:
        raise ValueError(f"unknown slot {slot!r}")
    filling = Filling(provider, queries)
    if filling not in _slots[slot]:
        _slots[slot].append(filling)


def fillings(slot: str) -> list[Filling]:
    """What fills a slot, in the order it was registered."""
    return list(_slots[slot])
