"""The list of lessons in the admin: found by state and tags, taken out as a table in the template of the import."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.forms import RadioSelect
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import Button

from lessons.exports.files import CSV_TYPE, csv_lines, write_xlsx
from lessons.exports.rows import columns_for, rows_for
from lessons.imports.jobs import indexes_for
from lessons.models import LessonPage
from portal.content.desk.listing import ConceptFilter, ForEditors, PageList, StateFilter
from portal.content.desk.states import State
from portal.spreadsheets import XLSX_TYPE
from portal.vocabulary.enums import Scheme


class LessonFilters(WagtailFilterSet):
    """What the list of lessons is narrowed by."""

    state = StateFilter(label=_("State"), choices=State.choices, empty_label=_("All"), widget=RadioSelect)
    wsa = ConceptFilter(label=_("Domain"), scheme=Scheme.WSA)
    sdg47 = ConceptFilter(label=_("Theme"), scheme=Scheme.SDG47)
    sector = ConceptFilter(label=_("Sector"), scheme=Scheme.SECTOR)

    class Meta:
        model = LessonPage
        fields: list[str] = []


class LessonList(PageList):
    """The list. An export holds the newest drafts of what the list shows on all its pages."""

    page_title = _("Lessons")
    base_columns = [column for column in PageList.base_columns if column.name not in ("kind", "parent")]
    # Shows the buttons; what is written is the template of the import.
    list_export = ["title"]

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
        shown = queryset.order_by().values("pk") if isinstance(queryset, QuerySet) else [page.pk for page in queryset]
        pages = LessonPage.objects.filter(pk__in=shown).order_by("path")
        columns = columns_for(pages)
        rows = rows_for(pages, columns)
        name = f"lessen-{timezone.localdate():%Y-%m-%d}.{spreadsheet_format}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        if spreadsheet_format == self.FORMAT_CSV:
            return StreamingHttpResponse(csv_lines(rows, columns), content_type=CSV_TYPE, headers=headers)
        response = HttpResponse(content_type=XLSX_TYPE, headers=headers)
        write_xlsx(response, rows, columns)
        return response

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        if indexes_for(self.request.user):
            buttons.append(Button(_("Import lessons"), url=reverse("lessons_import:start"), icon_name="upload", priority=80))
        return buttons


class LessonListingViewSet(PageListingViewSet):
    """All lessons in one list."""

    model = LessonPage
    name = "lessons"
    url_prefix = "lessen"
    index_view_class = LessonList
    menu_item_class = ForEditors
    columns = LessonList.base_columns
    filterset_class = LessonFilters
    menu_label = _("Lessons")
    menu_order = 120
    icon = "list-ol"
    add_to_admin_menu = True


lesson_listing = LessonListingViewSet()
