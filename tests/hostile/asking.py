"""Asks, and says what is wrong with the answer."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler

from portal.content.hostile import MAX_QUERY, in_our_encoding
from search.registry import facets
from tests.hostile.addresses import Address
from tests.hostile.values import BODIES, FIELDS, FITTING, GUARDS, HEADERS, NAMES, VALUES

FORM = "application/x-www-form-urlencoded"
MOST_SECONDS = 2.0
EVIL = (b"<script>alert('evil')", b"alert('evil')</script>")


@dataclass(frozen=True, slots=True)
class Question:
    """One request. The path and the query are percent-encoded. `from_form`: it comes from a form of ours, with its token."""

    path: str
    query: str = ""
    method: str = "GET"
    body: bytes = b""
    media_type: str = FORM
    headers: dict[str, str] = field(default_factory=dict)
    from_form: bool = False

    def __str__(self) -> str:
        sent = f"{self.query[:80]} {self.media_type if self.method == 'POST' else ''} {self.body[:60]!r} {str(self.headers)[:80]}"
        return f"{self.method} {self.path[:120]}?{sent}"


def questions(addresses: Iterable[Address], pages: Iterable[str]) -> Iterator[Question]:
    """The whole table: every address with every value in its path, its query and its form, and with odd headers and bodies."""
    addresses = [*addresses, *(Address(path.removeprefix("/"), {}) for path in pages)]
    for address in addresses:
        for value in VALUES.values():
            yield from (Question(path) for path in address.bad(value))
            yield from (Question(address.good, query=query) for query in _queries([*NAMES, *facets()], value))
            yield Question(address.good, query=f"{value}={value}")
            yield Question(address.good, method="POST", body=_everywhere((*GUARDS, *FIELDS), value).encode())
            for fitting in ("", FITTING):
                body = f"{_everywhere(FIELDS, value)}&{fitting}".encode()
                yield Question(address.good, method="POST", body=body, from_form=True)
        for media_type, body in BODIES:
            yield Question(address.good, method="POST", body=body, media_type=media_type)
        for name, values in HEADERS.items():
            yield from (Question(address.good, query="q=x", headers={name: value}) for value in values)
            yield from (Question(address.good, method="POST", headers={name: value}) for value in values)
        yield from (Question(address.good, method=method) for method in ("HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"))
    yield from (Question(f"/{value}/") for value in VALUES.values())


def _everywhere(names: Iterable[str], value: str) -> str:
    return "&".join(f"{name}={value}" for name in names)


def _queries(names: Sequence[str], value: str) -> Iterator[str]:
    """The value under each name, in as few query strings as are read at all; a longer one is refused, so one of those will do."""
    together = MAX_QUERY // (max(map(len, names)) + len("=&") + len(value))
    if not together:
        yield _everywhere(names[:1], value)
        return
    yield from (_everywhere(names[start : start + together], value) for start in range(0, len(names), together))


class DoorHandler(ClientHandler):
    """Django as the server calls it, by way of `portal.wsgi`."""

    def __call__(self, environ: dict[str, Any]) -> Any:
        return super().__call__(in_our_encoding(environ))


@dataclass
class Asker:
    """A visitor without manners. `complaints` fills with what was wrong, `slowest` holds the longest wait in seconds."""

    complaints: list[str] = field(default_factory=list)
    slowest: float = 0.0
    asked: int = 0

    def ask(self, question: Question) -> int:
        """Ask one thing; nothing of it stays in the database. Returns the status."""
        client = Client(raise_request_exception=False)
        client.handler = DoorHandler(enforce_csrf_checks=not question.from_form)
        # So that no limit on forms keeps the next one from being read.
        cache.clear()
        begin = time.perf_counter()
        with transaction.atomic():
            answer = client.generic(
                question.method,
                question.path,
                question.body,
                question.media_type,
                **{"QUERY_STRING": question.query, **question.headers},
            )
            content = answer.getvalue()
            transaction.set_rollback(True)
        self.slowest = max(self.slowest, time.perf_counter() - begin)
        self.asked += 1
        if answer.status_code >= 500:
            self.complaints.append(f"{answer.status_code}: {question}")
        if "X-Evil" in answer or any(text in content for text in EVIL):
            self.complaints.append(f"said after us: {question}")
        if "evil.example" in answer.get("Location", "").partition("?")[0]:
            self.complaints.append(f"led to another site: {question}")
        return answer.status_code
