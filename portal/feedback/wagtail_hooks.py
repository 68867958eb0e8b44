"""Remarks of visitors on the editors' desk."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from portal.feedback.dashboard import FeedbackPanel
from portal.feedback.forms import DecisionForm
from portal.feedback.models import Feedback
from portal.inspecting import ReadableInspectView
from portal.policies import NarrowPolicy


class FeedbackPolicy(NarrowPolicy):
    """Nobody writes a remark here, administrators included: visitors do, below a page."""

    actions = frozenset({"change", "delete", "view"})


register_permission_policy(Feedback, FeedbackPolicy(Feedback))


class FeedbackViewSet(ModelViewSet):
    """Read remarks, show them on the page or be done with them; nobody writes them here."""

    model = Feedback
    icon = "comment"
    menu_label = _("Remarks of visitors")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ("remark", "kind", "page", "state", DateColumn("created_at", label=_("Received"), sort_key="created_at"))
    list_filter = ("state", "kind")
    list_select_related = ("page",)
    search_fields = ("remark",)
    inspect_view_enabled = True
    inspect_view_class = ReadableInspectView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return DecisionForm


@hooks.register("register_admin_viewset")
def feedback_viewset() -> FeedbackViewSet:
    """Add the desk."""
    return FeedbackViewSet("feedback")


@hooks.register("construct_homepage_panels")
def remarks_to_read(request: HttpRequest, panels: list[Any]) -> None:
    """What visitors said, among what needs care."""
    panels.append(FeedbackPanel())
