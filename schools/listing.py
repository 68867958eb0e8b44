"""Lists in Wagtail's admin that can be taken out as a spreadsheet."""

from functools import reduce
from typing import Any

from wagtail.admin.views.generic import IndexView
from wagtail.coreutils import multigetattr

from portal.spreadsheets import with_mark


class SafeExportList(IndexView):
    """A list whose export holds no formula, and what the list shows on all its pages."""

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row = {name: _value(item, name) for name in self.list_export}
        return {name: with_mark(value) if isinstance(value, str) else value for name, value in row.items()}


def _value(item: Any, name: str) -> Any:
    """What `place.name` leads to; empty when there is nothing on the way there, where Wagtail's own export fails."""
    return reduce(lambda value, part: None if value is None else multigetattr(value, part), name.split("."), item)
