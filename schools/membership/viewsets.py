"""The list of memberships in Wagtail's admin, for the advice point: who asks, found by state and role, decided there too."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.content.desk.exporting import SafeExportList
from portal.inspecting import ReadableInspectView
from portal.policies import NarrowPolicy
from schools.enums import MembershipState, Role
from schools.errors import NotPossibleError
from schools.membership import services
from schools.models import Membership

GRANT, REFUSE, END = "grant", "refuse", "end"


class MembershipFilters(WagtailFilterSet):
    """What the list is narrowed by."""

    state = ChoiceFilter(label=_("State"), choices=MembershipState.choices, empty_label=_("All"), widget=forms.RadioSelect)
    role = ChoiceFilter(label=_("Role"), choices=Role.choices, empty_label=_("All"), widget=forms.RadioSelect)

    class Meta:
        model = Membership
        fields: list[str] = []


class MembershipPolicy(NarrowPolicy):
    """Nobody makes or deletes a membership here, administrators included: people ask, and what was stays in the history."""

    actions = frozenset({"change", "view"})


class DecisionForm(WagtailAdminModelForm):
    """What the desk does with a membership; the rest stays as people filled it in."""

    decision = forms.ChoiceField(label=_("What to do"), widget=forms.RadioSelect)

    class Meta:
        model = Membership
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [(GRANT, _("Let in")), (REFUSE, _("Refuse"))]
        granted = [(END, _("End"))]
        self.fields["decision"].choices = asked if self.instance.is_asked else granted if self.instance.is_granted else []

    def save(self, commit: bool = True) -> Membership:
        service = {GRANT: services.grant, REFUSE: services.refuse, END: services.remove}[self.cleaned_data["decision"]]
        return service(membership=self.instance, actor=self.for_user)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.instance.user_id == self.for_user.pk and not self.for_user.is_superuser:
            raise forms.ValidationError(_("A colleague decides about you."))
        return cleaned


class MembershipEdit(EditView):
    """The decision on one membership."""

    def save_instance(self) -> Membership:
        try:
            membership: Membership = super().save_instance()
        except NotPossibleError:
            # A colleague was first; what came of it stands in the list.
            membership = self.object
        return membership


class MembershipViewSet(ModelViewSet):
    """Memberships of schools and boards; nobody makes or deletes one here."""

    model = Membership
    icon = "group"
    menu_label = _("Memberships")
    menu_order = 235
    add_to_admin_menu = True
    index_view_class = SafeExportList
    edit_view_class = MembershipEdit
    filterset_class = MembershipFilters
    list_display = (
        "user",
        Column("place", label=_("School or board")),
        "role",
        "state",
        DateColumn("asked_at", label=_("Asked on"), sort_key="asked_at"),
    )
    list_export = ("user.first_name", "user.last_name", "user.email", "place.name", "role", "state", "asked_at", "granted_at")
    export_headings = {
        "user.first_name": _("First name"),
        "user.last_name": _("Last name"),
        "user.email": _("E-mail address"),
        "place.name": _("School or board"),
    }
    export_filename = "lidmaatschappen"
    list_select_related = ("user", "school", "board")
    search_fields = ("user__first_name", "user__last_name", "user__email", "school__name", "school__code", "board__name")
    inspect_view_enabled = True
    inspect_view_class = ReadableInspectView
    inspect_view_fields = ["user", "school", "board", "role", "state", "remark", "asked_at", "granted_at", "ended_at"]
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return DecisionForm
