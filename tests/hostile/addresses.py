"""Every address of the URL conf that needs no account, so that a new one is tried from the day it is added."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admindocs.views import simplify_regex
from django.urls import URLResolver, get_resolver
from django.urls.converters import IntConverter
from django.urls.resolvers import RegexPattern

# Below /admin/ these alone are open.
OPEN_IN_ADMIN = ("admin/login", "admin/password_reset")


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


def public_addresses(known: dict[str, dict[str, str]]) -> list[Address]:
    """All open addresses. `known`: name of a route → values that lead to something; other parts get a value of their type."""
    found = []
    for route, name, converters in _walk(get_resolver()):
        if route.startswith("admin/") and not route.startswith(OPEN_IN_ADMIN):
            continue
        given = known.get(name, {})
        parts = re.findall(r"<(\w+)>", route)
        usual = {part: "1" if isinstance(converters.get(part), IntConverter) else "x" for part in parts}
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
