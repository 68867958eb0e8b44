"""Lists in Wagtail's admin, taken out as a spreadsheet in the words of the screen."""

from datetime import datetime
from functools import reduce
from typing import Any

from django.db.models import Choices
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.views.generic import IndexView
from wagtail.coreutils import multigetattr

from portal.spreadsheets import with_mark


class SafeExportList(IndexView):
    """A list whose export holds no formula, and what the list shows on all its pages."""

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row = {name: _value(item, name) for name in self.list_export}
        return {name: with_mark(value) if isinstance(value, str) else value for name, value in row.items()}


def _value(item: Any, name: str) -> Any:
    """What `place.name` leads to, as the screen shows it; empty when there is nothing on the way there, where Wagtail's own
    export fails."""
    *way, last = name.split(".")
    holder = reduce(lambda value, part: None if value is None else multigetattr(value, part), way, item)
    if holder is None:
        return None
    display = getattr(holder, f"get_{last}_display", None)
    return _readable(display() if display else multigetattr(holder, last))


def _readable(value: Any) -> Any:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, Choices):
        return str(value.label)
    if isinstance(value, datetime) and timezone.is_aware(value):
        # A spreadsheet knows no time zones: it holds what the clock said.
        return timezone.localtime(value).replace(microsecond=0, tzinfo=None)
    return value
