"""The finder in the menu of the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.dashboard import EmptySearchesPanel
from search.desk import report, synonyms_export, synonyms_import, try_out
from search.viewsets import FinderViewSetGroup


@hooks.register("register_admin_viewset")
def finder_viewsets() -> FinderViewSetGroup:
    """Words and promoted results."""
    return FinderViewSetGroup()


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """Screens of the finder."""
    return [
        path("zoeker/proberen/", try_out, name="search-try-out"),
        path("zoeker/rapport/", report, name="search-report"),
        path("zoeker/synoniemen.csv", synonyms_export, name="search-synonyms-export"),
        path("zoeker/synoniemen/", synonyms_import, name="search-synonyms-import"),
    ]


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    """The report beside Wagtail's own."""
    return MenuItem(_("Searches"), reverse("search-report"), icon_name="search", order=650)


@hooks.register("register_reports_menu_item")
def try_out_item() -> MenuItem:
    """Trying a search."""
    return MenuItem(_("Try a search"), reverse("search-try-out"), icon_name="cogs", order=660)


@hooks.register("construct_homepage_panels")
def searches_in_vain(request: HttpRequest, panels: list[Any]) -> None:
    """What visitors searched in vain, among what needs care."""
    panels.append(EmptySearchesPanel())
