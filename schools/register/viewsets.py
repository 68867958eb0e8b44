"""The register in Wagtail's admin: found, filtered and exported there. What the files say is changed by the files alone."""

from typing import Any

from django.db.models import ManyToManyField, QuerySet, URLField
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from portal.content.desk.exporting import SafeExportList
from portal.inspecting import ReadableInspectView
from portal.policies import NarrowPolicy
from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept
from schools.enums import Status
from schools.models import Board, School

FACTS = (
    *("name", "code", "board", "sectors", "street", "house_number", "postcode", "place"),
    *("municipality", "municipality_code", "province", "denomination", "telephone", "website", "status", "closed_on"),
)


class SchoolPolicy(NarrowPolicy):
    """Nobody adds or deletes a school here, administrators included: the register does."""

    actions = frozenset({"change", "view"})


class BoardPolicy(NarrowPolicy):
    """Nothing of a board is ours to change."""

    actions = frozenset({"view"})


class SchoolList(SafeExportList):
    """Schools with their sectors: a query for all of them."""

    def get_base_queryset(self) -> QuerySet[School]:
        schools: QuerySet[School] = super().get_base_queryset().prefetch_related("sectors")
        return schools


class FactPanel(FieldPanel):  # type: ignore[misc]
    """What the register says, to read; of what it does not say Wagtail writes "None". Of a web address Wagtail makes a form
    field to look for choices, which Django warns of."""

    def format_value_for_display(self, value: Any) -> Any:
        if value is None or (isinstance(self.db_field, ManyToManyField) and not value.exists()):
            return ""
        return value if isinstance(self.db_field, URLField) else super().format_value_for_display(value)


def _concepts(scheme: Scheme) -> Any:
    return lambda request: Concept.objects.filter(scheme=scheme)


class SchoolFilters(WagtailFilterSet):
    """What the list of schools is narrowed by."""

    status = ChoiceFilter(label=_("State"), choices=Status.choices, empty_label=_("All"))
    sectors = ModelChoiceFilter(label=_("Sector"), queryset=_concepts(Scheme.SECTOR), empty_label=_("All"))
    province = ModelChoiceFilter(label=_("Province"), queryset=_concepts(Scheme.PROVINCE), empty_label=_("All"))

    class Meta:
        model = School
        fields: list[str] = []


class BoardFilters(WagtailFilterSet):
    """What the list of boards is narrowed by."""

    status = ChoiceFilter(label=_("State"), choices=Status.choices, empty_label=_("All"))

    class Meta:
        model = Board
        fields: list[str] = []


class SchoolViewSet(ModelViewSet):
    """Schools; what the register does not say is filled in here."""

    model = School
    icon = "home"
    menu_label = _("Schools")
    menu_order = 230
    add_to_admin_menu = True
    index_view_class = SchoolList
    filterset_class = SchoolFilters
    list_display = ("name", "code", "place", "board", Column("sector_codes", label=_("Sectors")), "status")
    list_select_related = ("board", "province")
    list_export = (
        *("code", "name", "sector_codes", "board.number", "board.name", "street", "house_number", "postcode", "place"),
        *("municipality", "province.label_nl", "website", "partnership", "holiday_region", "status", "closed_on"),
    )
    export_headings = {
        "sector_codes": _("Sectors"),
        "board.number": _("Number of the board"),
        "board.name": _("Board"),
        "province.label_nl": _("Province"),
        "holiday_region": _("Holiday region"),
    }
    export_filename = "scholen"
    search_fields = ("name", "code", "place", "board__name")
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel(name) for name in ("own_holiday_region", "partnership", "latitude", "longitude")],
                heading=_("Ours to fill in"),
            ),
            MultiFieldPanel([FactPanel(name, read_only=True) for name in FACTS], heading=_("From the register")),
        ]
    )


class BoardViewSet(ModelViewSet):
    """Boards; to read and to export."""

    model = Board
    icon = "group"
    menu_label = _("Boards")
    menu_order = 231
    add_to_admin_menu = True
    index_view_class = SafeExportList
    filterset_class = BoardFilters
    list_display = ("name", "number", "place", "status")
    list_export = ("number", "name", "street", "house_number", "postcode", "place", "website", "status", "closed_on")
    export_filename = "besturen"
    search_fields = ("name", "number", "place")
    inspect_view_enabled = True
    inspect_view_class = ReadableInspectView
    inspect_view_fields = ["name", "number", "street", "house_number", "postcode", "place", "telephone", "website", "status"]
    copy_view_enabled = False
    form_fields = ["name"]
