"""The log of rights among the reports of Wagtail's admin, to be read by administrators."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from portal.audit.models import Entry

NAME = "audit"


class ReadOnly(ModelPermissionPolicy):
    """Nobody adds to the log by hand, changes it or removes from it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, action))


register_permission_policy(Entry, ReadOnly(Entry))


class EntryIndexView(IndexView):
    """The log, with the address of who did it as long as that account exists."""

    def get_base_queryset(self) -> QuerySet[Entry]:
        people = get_user_model().objects.filter(pk=OuterRef("actor"))
        found: QuerySet[Entry] = super().get_base_queryset().annotate(by=Subquery(people.values("email")[:1]))
        return found


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
    form_fields = ("action",)
    inspect_view_fields = ("at", "actor", "action", "target_kind", "target", "facts")
    list_display = (
        DateColumn("at", label=_("Moment"), sort_key="at"),
        Column("by", label=_("By")),
        Column("action", label=_("Act"), sort_key="action"),
        Column("target_kind", label=_("Kind")),
        Column("target", label=_("To")),
        Column("facts", label=_("Facts")),
    )
    list_filter = ("action", "target_kind")
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
