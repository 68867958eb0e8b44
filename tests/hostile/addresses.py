"""Every address of the URL conf that needs no account, so that a new one is tried from the day it is added."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.admindocs.views import simplify_regex
from django.urls import URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.urls.resolvers import RegexPattern

from schools.converters import BoardNumber, SchoolCode

# Below /admin/ these alone are open.
OPEN_IN_ADMIN = ("admin/login", "admin/password_reset")
# Name of a route → values of its parts that lead to something.
Known = dict[str, dict[str, str]]
# A value for a part of an address, by its kind; text is "x".
SCHOOL, BOARD = "11aa00", "11111"
USUAL: dict[type, str] = {IntConverter: "1", UUIDConverter: str(UUID(int=1)), SchoolCode: SCHOOL, BoardNumber: BOARD}


@dataclass(frozen=True, slots=True)
class Address:
    """A route of the URL conf, such as `reactie/<kind>/<page_id>/`, and a value that fits each of its parts."""

    route: str
    fitting: dict[str, str]

    def __str__(self) -> str:
        return self.route

    @property
    def good(self) -> str:
        """The path with values that fit."""
        return self._filled(self.fitting)

    def bad(self, value: str) -> Iterator[str]:
        """The path with this percent-encoded value in each of its parts in turn."""
        for part in self.fitting:
            yield self._filled(self.fitting | {part: value})

    def _filled(self, values: dict[str, str]) -> str:
        path = self.route
        for part, value in values.items():
            path = path.replace(f"<{part}>", value)
        return f"/{path}"


def public_addresses(known: Known) -> list[Address]:
    """All open addresses; parts that are not known get a value of their type."""
    found = []
    for route, name, converters in _walk(get_resolver()):
        if route.startswith("admin/") and not route.startswith(OPEN_IN_ADMIN):
            continue
        given = known.get(name, {})
        parts = re.findall(r"<(\w+)>", route)
        usual = {part: USUAL.get(type(converters.get(part)), "x") for part in parts}
        found.append(Address(route, {part: given.get(part, value) for part, value in usual.items()}))
    return found


def _walk(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Route, name and converters of everything below."""
    for entry in resolver.url_patterns:
        text = str(entry.pattern)
        if isinstance(entry.pattern, RegexPattern):
            text = simplify_regex(text).removeprefix("/")
        route = before + re.sub(r"<\w+:(\w+)>", r"<\1>", text)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route)
        else:
            yield route, entry.name or "", entry.pattern.converters
