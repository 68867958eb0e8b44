"""Who waits to be let in, on the first screen of the advice point."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.content.desk.dashboard import SHOWN, DeskPanel, Row
from schools.enums import MembershipState
from schools.models import Membership
from schools.permissions import is_desk


class AskedPanel(DeskPanel):
    """Memberships that were asked for, who waits longest first: one query."""

    name = "desk-memberships"
    heading = _("People who want to join a school or board")
    columns = (_("Person"), _("Role"), _("School or board"), _("Date"))
    empty = _("Nobody is waiting to be let in.")
    order = 105

    def is_shown(self, user: Any) -> bool:
        return is_desk(user)

    def all_url(self) -> str:
        return f"{reverse('memberships:index')}?state={MembershipState.ASKED}"

    def rows(self, user: Any) -> list[Row]:
        asked = Membership.objects.filter(state=MembershipState.ASKED).select_related("user", "school", "board")
        return [
            Row(
                str(membership.user),
                reverse("memberships:edit", args=(membership.pk,)),
                kind=str(membership.get_role_display()),
                note=str(membership.place),
                when=membership.asked_at,
            )
            for membership in asked.order_by("asked_at", "pk")[: SHOWN + 1]
        ]
