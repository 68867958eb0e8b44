"""What lessons add to Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from lessons.imports.jobs import indexes_for
from lessons.viewsets import lesson_listing


class ImportMenuItem(MenuItem):
    """Shown to who may add lessons somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(indexes_for(request.user))


@hooks.register("register_admin_viewset")
def register_listing() -> ViewSet:
    return lesson_listing


@hooks.register("register_admin_urls")
def register_import() -> list[URLPattern | URLResolver]:
    return [path("lessen/importeren/", include("lessons.imports.urls"))]


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem(
        _("Import lessons"), reverse_lazy("lessons_import:start"), name="import-lessons", icon_name="upload", order=130
    )
