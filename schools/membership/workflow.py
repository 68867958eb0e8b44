"""When a membership may change, as a table, and the one place that changes it."""

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
    with transaction.atomic():
        (now,) = lock(membership)
        change(now, action, actor=actor, role=role)
    return now


def lock(*memberships: Membership) -> list[Membership]:
    """These memberships as they are now, in the same order, and nobody else's to change until the transaction ends.

    Raises NotPossibleError when one is gone with the account of its person.
    """
    rows = Membership.objects.select_for_update(of=("self",)).select_related("school", "board", "user").order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[membership.pk for membership in memberships])}
    if len(found) < len(memberships):
        raise NotPossibleError(_("That was done already, or is no longer possible."))
    return [found[membership.pk] for membership in memberships]


def change(locked: Membership, action: MembershipAction, *, actor: Any, role: Role | None = None) -> None:
    """Do this to a membership that was locked; as `transition` otherwise."""
    needed, then = TRANSITIONS[action]
    if locked.state != needed:
        raise NotPossibleError(_("That was done already, or is no longer possible."))
    locked.state = then
    locked.role = role or locked.role
    if then == _ENDED:
        locked.ended_at = timezone.now()
    elif locked.granted_at is None:
        locked.granted_at = timezone.now()
    locked.save(update_fields=["state", "role", "ended_at", "granted_at"])
    record(locked, action, actor=actor)


def record(membership: Membership, action: MembershipAction, *, actor: Any) -> None:
    """Add to the history of a membership, and to the log."""
    MembershipEvent.objects.create(membership=membership, action=action, role=membership.role, actor=actor)
    audit(actor, action, membership)
