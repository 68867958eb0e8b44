"""Remarks that nobody has read yet, on the first screen of the editors."""

from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from portal.content.desk.dashboard import SHOWN, DeskPanel, Row
from portal.feedback.enums import State
from portal.feedback.models import Feedback

LONGEST = 80


class FeedbackPanel(DeskPanel):
    """The newest unread remarks, each with the page it is about: one query."""

    name = "desk-feedback"
    heading = _("Remarks of visitors")
    columns = (_("Remark"), _("Kind"), _("Page"), _("Date"))
    empty = _("There are no new remarks.")
    order = 115

    def is_shown(self, user: Any) -> bool:
        return bool(user.has_perm("feedback.change_feedback"))

    def all_url(self) -> str:
        return f"{reverse('feedback:index')}?state={State.NEW}"

    def rows(self, user: Any) -> list[Row]:
        unread = Feedback.objects.filter(state=State.NEW).select_related("page").order_by("-created_at")[: SHOWN + 1]
        return [
            Row(
                Truncator(remark.remark or remark.get_kind_display()).chars(LONGEST),
                reverse("feedback:edit", args=(remark.pk,)),
                kind=str(remark.get_kind_display()),
                note=remark.page.title,
                when=remark.created_at,
            )
            for remark in unread
        ]
