"""Changes of who belongs where, in the portal's log of rights."""

from typing import Any

from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from portal.audit.services import record
from portal.audit.words import name_acts, name_fact
from schools.enums import MembershipAction, Role
from schools.models.membership import Membership


def _act(action: str) -> str:
    return f"membership.{action}"


# As `audit` writes them.
name_acts({_act(action): format_lazy("{}: {}", capfirst(_("membership")), action.label) for action in MembershipAction})
name_fact("person", _("account number"))
name_fact("place", _("place"))
name_fact("role", _("role"), dict(Role.choices))


def audit(actor: Any, action: str, membership: Membership) -> None:
    """Write down who did what to which membership; call it in the transaction that does so."""
    place = membership.school.code if membership.school else membership.board.number if membership.board else ""
    record(actor, _act(action), membership, person=membership.user_id, place=place, role=membership.role)
