"""Two people with the same form: the second is told before what the first wrote is replaced."""

from datetime import date
from typing import Any

from django.forms import BaseForm, BoundField
from django.utils.translation import gettext as _

from portal.content.templatetags.dates import long_date
from schools.errors import ChangedMeanwhileError


def what_stands(form: BaseForm) -> list[tuple[str, str]]:
    """What is stored now, as people read it: label and text of each field. `form` is that of the thing, with nothing typed in."""
    return [(str(field.label), _readable(field)) for field in form]


def _readable(field: BoundField) -> str:
    value: Any = field.value()
    values = value if isinstance(value, list) else [value]
    choices = getattr(field.field, "choices", None)
    if choices is not None:
        labels = {str(key): str(label) for key, label in choices}
        return ", ".join(labels[str(each)] for each in values if str(each) in labels)
    return ", ".join(long_date(each) if isinstance(each, date) else str(each) for each in values if each is not None)


def refuse_stale(seen: str | None, mark: str) -> None:
    """Raises ChangedMeanwhileError unless `seen`, the mark that came with a form, is that of the thing as it is now; without one
    nothing is compared. Call it with the thing locked."""
    if seen is not None and seen != mark:
        raise ChangedMeanwhileError(
            _("A colleague saved this while you wrote. See what stands there now. Save again to put your words in its place.")
        )
