"""Fittings of the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel
from wagtail.log_actions import LogFormatter

from portal.content.desk.dashboard import IncompletePanel, ModerationPanel, MyWorkPanel, ReviewPanel, all_pages_url
from portal.content.desk.listing import ForEditors, works_on_pages
from portal.content.desk.replacing import ACTION
from portal.content.desk.retired import PERMISSION, replace_concept, retired_concepts
from portal.content.desk.states import State
from portal.content.viewsets import AllPagesViewSet, DeskPageViewSet

# What ours take the place of; these ask the database once for each page.
REPLACED = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)


@hooks.register("insert_global_admin_css")
def our_colours() -> str:
    """The green of the site."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


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
    """What needs care comes first; about pages, for who works on them."""
    kept = [panel for panel in panels if not isinstance(panel, REPLACED)]
    pages = [ModerationPanel(), ReviewPanel(), MyWorkPanel(), IncompletePanel()] if works_on_pages(request.user) else []
    panels[:] = [*pages, *kept]


@hooks.register("register_reports_menu_item")
def report_of_reviews() -> MenuItem:
    """Among the reports: the pages that have to be checked."""
    return ForEditors(_("Pages to check"), all_pages_url(State.TO_CHECK), name="to-check", icon_name="calendar-check", order=100)


class ForModerators(MenuItem):
    """Seen by who may change concepts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


@hooks.register("register_settings_menu_item")
def retired_item() -> MenuItem:
    """Beside the vocabulary."""
    return ForModerators(_("Retired concepts"), reverse("retired_concepts"), name="retired-concepts", icon_name="tag", order=1000)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """Screens of the desk."""
    return [
        path("vervallen-begrippen/", retired_concepts, name="retired_concepts"),
        path("vervallen-begrippen/<int:pk>/", replace_concept, name="replace_concept"),
    ]


@hooks.register("register_log_actions")
def name_acts(actions: Any) -> None:
    """What the history of a page calls what the desk does."""

    @actions.register_action(ACTION)
    class Replaced(LogFormatter):
        label = _("Replace a concept")

        def format_message(self, log_entry: Any) -> str:
            return gettext("%(old)s replaced by %(new)s") % log_entry.data
