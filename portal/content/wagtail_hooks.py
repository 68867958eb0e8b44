"""Fittings of the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel

from portal.content.desk.dashboard import IncompletePanel, ModerationPanel, MyWorkPanel, ReviewPanel, all_pages_url
from portal.content.desk.states import State
from portal.content.viewsets import AllPagesViewSet, DeskPageViewSet

# What ours take the place of; these ask the database once for each page.
REPLACED = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)


@hooks.register("construct_main_menu")
def hide_unused(request: HttpRequest, menu_items: list[Any]) -> None:
    """Nothing that the portal does not use: help videos and the like would only distract."""
    menu_items[:] = [item for item in menu_items if item.name not in {"help"}]


# After Wagtail, whose viewset for pages of any type gives way to ours.
@hooks.register("register_admin_viewset", order=1)
def register_screens() -> list[Any]:
    """The page editor and the list of all pages."""
    return [DeskPageViewSet(), AllPagesViewSet("all_pages")]


@hooks.register("construct_homepage_panels")
def fill_dashboard(request: HttpRequest, panels: list[Any]) -> None:
    """What needs care comes first."""
    kept = [panel for panel in panels if not isinstance(panel, REPLACED)]
    panels[:] = [ModerationPanel(), ReviewPanel(), MyWorkPanel(), IncompletePanel(), *kept]


@hooks.register("register_reports_menu_item")
def report_of_reviews() -> MenuItem:
    """Among the reports: the pages that have to be checked."""
    return MenuItem(_("Pages to check"), all_pages_url(State.TO_CHECK), name="to-check", icon_name="calendar-check", order=100)
