"""Changes of who belongs where, in the portal's log of rights."""

from typing import Any

from portal.audit.services import record
from schools.models.membership import Membership


def audit(actor: Any, action: str, membership: Membership) -> None:
    """Write down who did what to which membership; call it in the transaction that does so."""
    place = membership.school.code if membership.school else membership.board.number if membership.board else ""
    record(actor, f"membership.{action}", membership, person=membership.user_id, place=place, role=membership.role)
