"""The outbox in Wagtail's admin, for administrators: what waits, what failed and why, and a button to send again.

Nobody reads the text of a mail here: it may hold a link that lets somebody in.
"""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.inspecting import ReadableInspectView
from portal.outbox.models import Message
from portal.outbox.services import send_again
from portal.policies import NarrowPolicy

NAME = "outbox"


class OutboxPermissionPolicy(NarrowPolicy):
    """A mail that was written is neither changed nor removed by hand; who may see the outbox may have a mail sent again."""

    actions = frozenset({"view"})


class OutboxIndexView(IndexView):
    """The list, without the bytes of each mail."""

    def get_base_queryset(self) -> QuerySet[Message]:
        found: QuerySet[Message] = super().get_base_queryset()
        return found.defer("raw")


class OutboxInspectView(ReadableInspectView):
    """One message, and the button."""

    page_title = gettext_lazy("Message")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if send_again(self.object):
            messages.success(request, _("The message will be sent again."))
        else:
            messages.error(request, _("This message cannot be sent again."))
        return redirect(f"{NAME}:inspect", self.object.pk)


class OutboxViewSet(ModelViewSet):
    model = Message
    name = NAME
    icon = "mail"
    menu_label = gettext_lazy("Outgoing mail")
    menu_order = 900
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = OutboxIndexView
    inspect_view_class = OutboxInspectView
    inspect_template_name = "outbox/admin/message.html"
    inspect_view_fields = (
        "subject",
        "recipient",
        "sender",
        "kind",
        "state",
        "error",
        "attempts",
        "created_at",
        "not_before",
        "sent_at",
        "message_id",
    )
    form_fields = ("subject",)
    list_display = (
        TitleColumn("subject", label=gettext_lazy("Subject line"), url_name=f"{NAME}:inspect"),
        Column("recipient", label=gettext_lazy("Recipient")),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        Column("attempts", label=gettext_lazy("Attempts"), sort_key="attempts"),
        DateColumn("created_at", label=gettext_lazy("Written at"), sort_key="created_at"),
    )
    list_filter = ("state", "kind")
    search_fields = ("subject", "recipient", "message_id")
    ordering = ("-created_at",)
    list_per_page = 50


outbox_viewset = OutboxViewSet()
