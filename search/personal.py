"""Filters that stand for something else for everybody who signed in, such as "fits my school".

Search knows nobody. An app above registers a filter in its `AppConfig.ready()` and says which codes it stands for. Search offers
it to who signed in, and never looks at the session of a visitor.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

Codes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PersonalFilter:
    """`name` stands in addresses, `label` is what people read; `codes` gives facet → codes for who asks, nothing when the filter
    says nothing to this person."""

    name: str
    label: Any
    codes: Callable[[HttpRequest], Codes]


@dataclass(frozen=True, slots=True)
class Offered:
    """A filter as one person is offered it."""

    name: str
    label: Any
    codes: Codes
    chosen: bool


_filters: dict[str, PersonalFilter] = {}


def register_personal_filter(personal: PersonalFilter) -> None:
    """Make a personal filter known. Raises ValueError when another one has its name."""
    if _filters.setdefault(personal.name, personal) != personal:
        raise ValueError(f"personal filter {personal.name!r} is registered already")


def offered(request: HttpRequest) -> tuple[Offered, ...]:
    """The personal filters of who asks, in the order they were registered; none for who did not sign in."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return ()
    found = ((personal, personal.codes(request)) for personal in _filters.values())
    return tuple(
        Offered(personal.name, personal.label, codes, request.GET.get(personal.name) == "1") for personal, codes in found if codes
    )
