"""Lists in Wagtail's admin that can be taken out as a spreadsheet."""

from typing import Any

from wagtail.admin.views.generic import IndexView

from portal.spreadsheets import with_mark


class SafeExportList(IndexView):
    """A list whose export holds no formula, and what the list shows on all its pages."""

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row = super().to_row_dict(item)
        return {name: with_mark(value) if isinstance(value, str) else value for name, value in row.items()}
