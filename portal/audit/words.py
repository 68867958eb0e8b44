"""What the log is called where people read it. The log itself holds codes; whoever writes an act says here how it reads."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext

_acts: dict[str, Any] = {}
_facts: dict[str, tuple[Any, Mapping[Any, Any]]] = {}


def name_acts(acts: Mapping[str, Any]) -> None:
    """Say how acts read: code ("group.added") → translated words."""
    _acts.update(acts)


def name_fact(name: str, label: Any, values: Mapping[Any, Any] | None = None) -> None:
    """Say how a fact reads: the words before it and, where its values are codes, the words of each."""
    _facts[name] = (label, values or {})


def act_words(action: str) -> str:
    """The words of an act; its code when nobody named it."""
    return str(_acts.get(action, action))


def kind_words(target_kind: str) -> str:
    """What people call a model ("schools.membership"); its code when it is there no longer."""
    try:
        model = apps.get_model(target_kind)
    except (LookupError, ValueError):
        return target_kind
    return str(capfirst(model._meta.verbose_name))


def fact_words(facts: Mapping[str, Any]) -> str:
    """The facts of an entry in one line of plain text, to be escaped like any other; in the order in which they were named, as
    PostgreSQL keeps none."""
    names = [*filter(facts.__contains__, _facts), *sorted(facts.keys() - _facts.keys())]
    return ", ".join(_fact(name, facts[name]) for name in names if facts[name] not in (None, ""))


def _fact(name: str, value: Any) -> str:
    label, values = _facts.get(name, (name, {}))
    if isinstance(value, bool):
        words = gettext("yes") if value else gettext("no")
    else:
        words = str(values[value]).lower() if value in values else str(value)
    return f"{label} {words}"
