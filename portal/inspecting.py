"""One row of a table in Wagtail's admin, to read."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.admin.views.generic import InspectView

# As Wagtail shows that a row has no related rows.
NOTHING = "-"


class ReadableInspectView(InspectView):  # type: ignore[misc]
    """One row, with a dash where there is nothing, and times by the clock of the reader."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if value is None or value == "":
            return NOTHING
        # Wagtail's template shows a moment as it is stored, in UTC.
        return timezone.localtime(value) if isinstance(value, datetime) else value
