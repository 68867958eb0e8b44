"""What editors have to know about the table of school holidays, on their first screen."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.content.desk.dashboard import DeskPanel, Row
from portal.workdays.calendar import Calendar, all_calendars, school_year_of

# So long before a school year begins its holidays have to be in the table: trainings are planned in it by then.
AHEAD = timedelta(days=183)


class HolidaysPanel(DeskPanel):
    """School years of which holidays are missing, and dates that nobody compared with the official ones: one query."""

    name = "desk-holidays"
    heading = _("School holidays")
    columns = (_("Title"), "", _("Note"), "")
    empty = _("The school holidays of the coming half year are in the table.")
    order = 150

    def is_shown(self, user: Any) -> bool:
        return bool(user.has_perm("workdays.change_schoolholiday"))

    def rows(self, user: Any) -> list[Row]:
        return [row for calendar in all_calendars() for row in _warnings(calendar)]


def _warnings(calendar: Calendar) -> list[Row]:
    today = timezone.localdate()
    url = reverse("school_holidays:index")
    rows = []
    for year in sorted({school_year_of(today), school_year_of(today + AHEAD)} - calendar.years):
        title = gettext("Region %(region)s: holidays of %(year)s are missing")
        named = title % {"region": calendar.region.label, "year": f"{year}-{year + 1}"}
        rows.append(Row(named, url, note=gettext("Nothing can be planned there"), alarm=True))
    if any(holiday.is_example and holiday.last_day >= today for holiday in calendar.holidays):
        named = gettext("Region %(region)s: dates are examples") % {"region": calendar.region.label}
        rows.append(Row(named, url, note=gettext("Compare them with the official dates"), alarm=True))
    return rows
