"""What is known about people, and what becomes of it: which field holds what, what a person may take along, what is erased.

Each app says in its `privacy.py`, which is imported at the start, what every field of its models holds (`classify`), how what it
knows about a person is handed over and erased (`register`), and what is not kept for ever (`keep`). A test fails for a field that
nobody thought about.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet


class Class(StrEnum):
    """How far a value may travel."""

    PUBLIC = "public"  # may stand on a page for everybody
    INTERNAL = "internal"  # of no use to others, and about nobody
    PERSONAL = "personal"  # about a person, or leads to one


@dataclass(frozen=True, slots=True)
class Provider:
    """What one app knows about people. `export` gives what JSON can hold; `erase` leaves nothing that leads to any of these
    people."""

    name: str
    export: Callable[[Any], Any]
    erase: Callable[[Sequence[Any]], None]


@dataclass(frozen=True, slots=True)
class Term:
    """How long one kind of row is kept: `due` finds those whose time has come, `end` removes them."""

    name: str
    due: Callable[[], QuerySet[Any]]
    end: Callable[[QuerySet[Any]], Any]


_classes: dict[str, dict[str, Class]] = {}
_providers: dict[str, Provider] = {}
_terms: dict[str, Term] = {}


def classify(model: str, *, public: str = "", internal: str = "", personal: str = "") -> None:
    """Say of each field of a model (`"outbox.Message"`) what it holds: names with spaces between them. Primary keys need not be
    named. Raises ValueError for a field that is named twice."""
    fields: dict[str, Class] = {}
    for kind, names in ((Class.PUBLIC, public), (Class.INTERNAL, internal), (Class.PERSONAL, personal)):
        for name in names.split():
            if name in fields:
                raise ValueError(f"{model}.{name} cannot be {fields[name]} and {kind}")
            fields[name] = kind
    _classes[model.lower()] = fields


def classes(model: str) -> dict[str, Class]:
    """Field → what it holds, of a model that was classified; empty for one that was not."""
    return _classes.get(model.lower(), {})


def register(name: str, *, export: Callable[[Any], Any], erase: Callable[[Sequence[Any]], None]) -> None:
    """Let an app hand over what it knows about a person (a `portal.accounts.models.User`), and erase it.

    `erase` is called once with all who leave at once, so that a whole table need be read but once, and in one transaction with
    the others, before the accounts themselves are removed; it need not bother about rows that go with an account
    (`on_delete=CASCADE`). `name` is the name of the file in the download. A second registration of the same name takes the place
    of the first.
    """
    _providers[name] = Provider(name, export, erase)


def providers() -> list[Provider]:
    """All of them, those of the floors above first."""
    return list(reversed(_providers.values()))


def addresses(person: Any) -> set[str]:
    """The e-mail addresses of an account in lower case: the one it signs in with, and those beside it."""
    beside = person.emailaddress_set.values_list("email", flat=True)
    return {address.lower() for address in (person.email, *beside) if address}


def mentions(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of these addresses and names in a text, whatever the capitals, but not within those of somebody else
    (an@school.nl in jan@school.nl)."""
    wanted = [re.escape(word) for word in words if word]
    return re.compile(rf"(?<![\w.+-])(?:{'|'.join(wanted)})(?![\w-]|\.\w)" if wanted else r"(?!)", re.IGNORECASE)


def of_person(field: str, person: Any) -> Q:
    """The rows in which this field holds an address of this person, whatever its capitals."""
    found = Q(pk__in=())
    for address in addresses(person):
        found |= Q(**{f"{field}__iexact": address})
    return found


def keep(name: str, *, due: Callable[[], QuerySet[Any]], end: Callable[[QuerySet[Any]], Any] = QuerySet.delete) -> None:
    """Have rows removed each night when `due` finds them; `end` removes them when deleting is not enough."""
    _terms[name] = Term(name, due, end)


def terms() -> list[Term]:
    """All of them, by name."""
    return sorted(_terms.values(), key=lambda term: term.name)
