"""The table of school holidays on the editors' desk."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from portal.content.desk.exporting import SafeExportList
from portal.workdays.dashboard import HolidaysPanel
from portal.workdays.models import SchoolHoliday


class SchoolHolidayViewSet(ModelViewSet):
    """Every holiday of every region; an export can be loaded again after its columns are named as docs/workdays.md says."""

    model = SchoolHoliday
    icon = "calendar"
    menu_label = _("School holidays")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ("kind", "school_year", "region", "first_day", "last_day", BooleanColumn("is_example", label=_("example")))
    list_filter = ("region", "school_year", "is_example")
    index_view_class = SafeExportList
    list_export = ("region", "kind", "school_year", "first_day", "last_day", "is_example")
    export_filename = "schoolvakanties"
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("region", "kind", "school_year", "first_day", "last_day", "is_example")]
    )


@hooks.register("register_admin_viewset")
def holiday_viewset() -> SchoolHolidayViewSet:
    """Add the table."""
    return SchoolHolidayViewSet("school_holidays")


@hooks.register("construct_homepage_panels")
def holidays_to_load(request: HttpRequest, panels: list[Any]) -> None:
    """What is missing, among what needs care."""
    panels.append(HolidaysPanel())
