"""The log of rights among the reports of Wagtail's admin, to be read by administrators."""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from portal.audit.models import Entry
from portal.audit.words import act_words, fact_words, kind_words
from portal.inspecting import ReadableInspectView
from portal.policies import NarrowPolicy

NAME = "audit"


class ReadOnly(NarrowPolicy):
    """Nobody adds to the log by hand, changes it or removes from it."""

    actions = frozenset({"view"})


register_permission_policy(Entry, ReadOnly(Entry))


class EntryIndexView(IndexView):
    """The log, with the address of who did it as long as that account exists."""

    def get_base_queryset(self) -> QuerySet[Entry]:
        people = get_user_model().objects.filter(pk=OuterRef("actor"))
        found: QuerySet[Entry] = super().get_base_queryset().annotate(by=Subquery(people.values("email")[:1]))
        return found


class EntryInspectView(ReadableInspectView):
    """One entry."""

    def get_page_subtitle(self) -> str:
        return act_words(self.object.action)

    def get_action_display_value(self) -> str:
        return act_words(self.object.action)

    def get_target_kind_display_value(self) -> str:
        return kind_words(self.object.target_kind)

    def get_facts_display_value(self) -> str:
        return fact_words(self.object.facts)


def _in_use(field: str, words: Callable[[str], str]) -> Callable[[], list[tuple[str, str]]]:
    """Choices for a filter: what the log holds, by how it reads."""

    def choices() -> list[tuple[str, str]]:
        codes = Entry.objects.order_by().values_list(field, flat=True).distinct()
        return sorted(((code, words(code)) for code in codes), key=lambda choice: choice[1].lower())

    return choices


class EntryFilters(WagtailFilterSet):
    """What the log is narrowed by."""

    action = ChoiceFilter(label=_("Act"), choices=_in_use("action", act_words), empty_label=_("All"))
    target_kind = ChoiceFilter(label=_("Kind"), choices=_in_use("target_kind", kind_words), empty_label=_("All"))

    class Meta:
        model = Entry
        fields: list[str] = []


class AuditViewSet(ModelViewSet):
    model = Entry
    name = NAME
    icon = "history"
    menu_label = _("Log of rights")
    menu_order = 910
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = EntryIndexView
    inspect_view_class = EntryInspectView
    filterset_class = EntryFilters
    form_fields = ("action",)
    inspect_view_fields = ("at", "actor", "action", "target_kind", "target", "facts")
    list_display = (
        DateColumn("at", label=_("Moment"), sort_key="at"),
        Column("by", label=_("By")),
        Column("action", label=_("Act"), accessor=lambda entry: act_words(entry.action), sort_key="action"),
        Column("target_kind", label=_("Kind"), accessor=lambda entry: kind_words(entry.target_kind)),
        Column("target", label=_("To")),
        Column("facts", label=_("Facts"), accessor=lambda entry: fact_words(entry.facts)),
    )
    ordering = ("-at",)
    list_per_page = 50


audit_viewset = AuditViewSet()


@hooks.register("register_admin_viewset")
def register_audit() -> ViewSet:
    return audit_viewset


@hooks.register("register_reports_menu_item")
def report_of_rights() -> MenuItem:
    """Among the reports, for whoever may see it."""
    return audit_viewset.get_menu_item()
