"""The screens of Wagtail's admin that are ours: the page editor and the list of all pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet

from portal.content.desk.editing import DeskEditView
from portal.content.desk.listing import ForEditors, PageFilters, PageList


class DeskPageViewSet(PageViewSet):
    """Pages of every type, edited in our editor. A viewset for one type builds on this."""

    edit_view_class = DeskEditView


class AllPagesViewSet(PageListingViewSet):
    """All pages with tags in one list, found by type, state and tags."""

    index_view_class = PageList
    menu_item_class = ForEditors
    columns = PageList.base_columns
    filterset_class = PageFilters
    menu_label = _("All pages")
    icon = "list-ul"
    url_prefix = "alle-paginas"
    menu_order = 110
    add_to_admin_menu = True

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Pages are added where they belong, in the tree.
        return super().get_common_view_kwargs(**{**kwargs, "add_url_name": None})
