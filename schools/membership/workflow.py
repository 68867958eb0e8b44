"""When a membership may change, as a table, and the one function that changes it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schools.enums import MembershipAction, MembershipState, Role
from schools.errors import NotPossibleError
from schools.membership.audit import audit
from schools.models.membership import Membership, MembershipEvent

_ASKED, _GRANTED, _ENDED = MembershipState.ASKED, MembershipState.GRANTED, MembershipState.ENDED

# What may happen to a membership that is there: the state it needs, and the state it leads to.
TRANSITIONS: dict[MembershipAction, tuple[MembershipState, MembershipState]] = {
    MembershipAction.GRANT: (_ASKED, _GRANTED),
    MembershipAction.REFUSE: (_ASKED, _ENDED),
    MembershipAction.WITHDRAW: (_ASKED, _ENDED),
    MembershipAction.CHANGE_ROLE: (_GRANTED, _GRANTED),
    MembershipAction.HAND_OVER: (_GRANTED, _ENDED),
    MembershipAction.LEAVE: (_GRANTED, _ENDED),
    MembershipAction.REMOVE: (_GRANTED, _ENDED),
}
# How a membership begins.
BEGINNINGS: dict[MembershipAction, MembershipState] = {
    MembershipAction.ASK: _ASKED,
    MembershipAction.ACCEPT: _GRANTED,
    MembershipAction.SIGN_IN: _GRANTED,
}
# An invitation is also the answer to who asked already.
TRANSITIONS[MembershipAction.ACCEPT] = (_ASKED, _GRANTED)


def transition(membership: Membership, action: MembershipAction, *, actor: Any, role: Role | None = None) -> Membership:
    """Do this to a membership, as it is in the database now; returns it as it has become.

    Writes the history and the log with it. Raises NotPossibleError when the state of the membership does not allow it.
    """
    needed, then = TRANSITIONS[action]
    with transaction.atomic():
        now = Membership.objects.select_for_update(of=("self",)).select_related("school", "board", "user").get(pk=membership.pk)
        if now.state != needed:
            raise NotPossibleError(_("That was done already, or is no longer possible."))
        now.state = then
        now.role = role or now.role
        if then == _ENDED:
            now.ended_at = timezone.now()
        elif now.granted_at is None:
            now.granted_at = timezone.now()
        now.save(update_fields=["state", "role", "ended_at", "granted_at"])
        record(now, action, actor=actor)
    return now


def record(membership: Membership, action: MembershipAction, *, actor: Any) -> None:
    """Add to the history of a membership, and to the log."""
    MembershipEvent.objects.create(membership=membership, action=action, role=membership.role, actor=actor)
    audit(actor, action, membership)
