"""Who may open what: a rule for every address, and what happens when everybody tries.

The addresses come from the URL conf. One of ours without a rule, and a rule that nobody needs, fail `tests/test_access.py`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

# Who tries. `teacher`, `leader` (a coordinator) and `board` belong to school A; `other` leads school B and is of its board.
ANONYMOUS, STRANGER, OTHER, TEACHER, LEADER, BOARD, DESK = (
    "anonymous", "stranger", "other", "teacher", "leader", "board", "desk"
)  # fmt: skip
EVERYBODY = (ANONYMOUS, STRANGER, OTHER, TEACHER, LEADER, BOARD, DESK)
WITH_ACCOUNT = frozenset(EVERYBODY) - {ANONYMOUS}
MEMBERS = frozenset({TEACHER, LEADER, BOARD})
LEADERS = frozenset({LEADER, BOARD})
DECIDERS = LEADERS | {DESK}

# Words planted in what belongs to school A, and who may ever read them.
NEED_WORDS, PROFILE_WORDS, PEOPLE_WORDS = "geheimebehoefte", "geheimprofiel", "geheimepersoon"
READERS: dict[str, frozenset[str]] = {NEED_WORDS: MEMBERS, PROFILE_WORDS: MEMBERS, PEOPLE_WORDS: DECIDERS}


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the URL conf: as it is written there, and its name with namespaces ("" when it has none)."""

    pattern: str
    name: str

    @property
    def key(self) -> str:
        """How a rule names it."""
        return self.name or self.pattern


@dataclass(frozen=True, slots=True)
class Rule:
    """Who gets in, with one of `statuses`. Others get 404, visitors the sign-in. `post_only` for buttons; `values` fill the
    address, see `World`."""

    may: frozenset[str]
    post_only: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    statuses: tuple[int, ...] = (200,)


# Not about anybody's school: the same answer for all, or about the person who asks alone.
PUBLIC = Rule(frozenset(EVERYBODY))
# What who may not tries to send.
SENT = {"role": "teacher", "email": "x@example.org", "what": "x", "visibility": "public", "verdict": "used"}
# By prefix: Wagtail's screens, those of accounts, and what only a laptop has.
DESK_PREFIX, ACCOUNT_PREFIX, LAPTOP_PREFIX = "admin/", "account/", "dev/"


def routes(patterns: Iterable[Any] | None = None, before: str = "", space: str = "") -> Iterator[Route]:
    """Every address of the URL conf."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        text = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inside = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, text, inside)
        elif isinstance(pattern, URLPattern):
            yield Route(text, f"{space}{pattern.name}" if pattern.name else "")


def own(all_routes: Iterable[Route]) -> list[Route]:
    """Those that need a rule each."""
    return [route for route in all_routes if not route.pattern.startswith((DESK_PREFIX, ACCOUNT_PREFIX, LAPTOP_PREFIX))]


def address(route: Route, values: Mapping[str, str]) -> str:
    """A path for a route. A part `<kind:name>` gets the value of "kind:name", of "name", or something of its kind."""
    kinds = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000", "school": "00aa00", "board": "00000"}

    def part(match: re.Match[str]) -> str:
        kind, name = match["kind"] or "str", match["name"]
        return values.get(f"{kind}:{name}") or values.get(name) or kinds.get(kind, "x")

    # Regular expressions as paths: groups by name as above, groups without one left out.
    text = re.sub(r"\(\?P(<\w+>)(?:\[[^]]*\]|[^()\[])*\)", r"\1", route.pattern)
    text = re.sub(r"\\Z|[\^$\\]|\(\(.*\)|\([^)]*\)[*?]?", "", text)
    return "/" + re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", part, text)


@dataclass(frozen=True)
class World:
    """School A with something in every table, school B, a browser for each who tries, and the parts of A's addresses."""

    browsers: Mapping[str, Client]
    values: Mapping[str, str]

    def complaints(self, route: Route, rule: Rule) -> list[str]:
        """What is wrong when everybody tries this address; empty when the rule holds."""
        path = address(route, {**self.values, **rule.values})
        found = []
        for who, browser in self.browsers.items():
            answer = browser.get(path)
            found += _wrong_answer(who, path, answer, rule)
            found += _told(who, path, answer)
            if rule is not PUBLIC and who not in rule.may:
                found += _written(who, path, browser)
        return found


def _wrong_answer(who: str, path: str, answer: HttpResponse, rule: Rule) -> list[str]:
    status, target = answer.status_code, answer.get("Location", "")
    if rule is PUBLIC:
        fine = status < 500
    elif who in rule.may:
        fine = status == 405 if rule.post_only else status in rule.statuses
    elif who == ANONYMOUS:
        fine = status == 302 and "/account/aanmelden/" in target
    else:
        fine = status == 404 or (rule.post_only and status == 405)
    return [] if fine else [f"{who} gets {status} {target} from {path}"]


def _told(who: str, path: str, answer: HttpResponse) -> list[str]:
    """Planted words that reached somebody who may not read them."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return [
        f"{who} reads {words} at {path}" for words, readers in READERS.items() if who not in readers and words.encode() in body
    ]


def _written(who: str, path: str, browser: Client) -> list[str]:
    """Whether a form sent by somebody who may not changed anything."""
    before = rows()
    answer = browser.post(path, SENT)
    sent_away = answer.status_code in (404, 405) or (who == ANONYMOUS and answer.status_code == 302)
    return [] if sent_away and rows() == before else [f"{who} could post to {path}: {answer.status_code}"]


def rows() -> dict[str, list[Any]]:
    """Everything in the tables of the schools."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_app_config("schools").get_models()
    }
