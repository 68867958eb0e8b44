"""What can be done with memberships. Each service opens its own transaction; its mails leave when that is committed.

Who may do what is asked of `schools.permissions` by the caller where an address names the object, and here where it does not.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schools.enums import MembershipAction, MembershipState, Role
from schools.errors import NotPossibleError
from schools.membership import mails
from schools.membership.links import invitation_key
from schools.membership.workflow import BEGINNINGS, change, lock, record, transition
from schools.models.membership import Invitation, Membership
from schools.models.register import MAIN_LOCATION, Board, School
from schools.permissions import may_decide


def ask(*, user: Any, place: School | Board, role: Role, remark: str = "") -> Membership:
    """Ask to belong to a school or board; who decides there is mailed. Asking again changes nothing.

    Raises NotPossibleError for a closed school or board, ValueError for a role that does not fit.
    """
    if not place.is_open:
        raise NotPossibleError(_("This school is closed."))
    with transaction.atomic():
        membership, new = _begin(user, place, role, MembershipAction.ASK, actor=user, remark=remark)
        if new:
            mails.tell_deciders(membership)
    return membership


def grant(*, membership: Membership, actor: Any) -> Membership:
    """Let somebody in who asked; they are mailed."""
    with transaction.atomic():
        membership = transition(membership, MembershipAction.GRANT, actor=actor)
        mails.tell_member(membership, "granted")
    return membership


def refuse(*, membership: Membership, actor: Any) -> Membership:
    """Do not let somebody in who asked; they are mailed."""
    with transaction.atomic():
        membership = transition(membership, MembershipAction.REFUSE, actor=actor)
        mails.tell_member(membership, "refused")
    return membership


def leave(*, membership: Membership) -> Membership:
    """End one's own membership, or take back the question for it."""
    action = MembershipAction.WITHDRAW if membership.is_asked else MembershipAction.LEAVE
    return transition(membership, action, actor=membership.user)


def remove(*, membership: Membership, actor: Any) -> Membership:
    """End the membership of somebody else; they are mailed."""
    with transaction.atomic():
        membership = transition(membership, MembershipAction.REMOVE, actor=actor)
        mails.tell_member(membership, "removed")
    return membership


def change_role(*, membership: Membership, role: Role, actor: Any) -> Membership:
    """Give a member of a school another role there; they are mailed. Raises ValueError for a role that does not fit."""
    _check(membership.place, role)
    if membership.role == role:
        return membership
    with transaction.atomic():
        membership = transition(membership, MembershipAction.CHANGE_ROLE, actor=actor, role=role)
        mails.tell_member(membership, "other_role")
    return membership


def hand_over(*, membership: Membership, successor: Membership) -> Membership:
    """Give one's own role to a colleague at the same place, and end one's own membership. The colleague is mailed."""
    if membership.pk == successor.pk or membership.place != successor.place:
        raise NotPossibleError(_("Choose a colleague of the same school or board."))
    with transaction.atomic():
        ended, heir = lock(membership, successor)
        if not heir.is_granted:
            raise NotPossibleError(_("Choose a colleague of the same school or board."))
        change(ended, MembershipAction.HAND_OVER, actor=ended.user)
        if heir.role != ended.role:
            change(heir, MembershipAction.CHANGE_ROLE, actor=ended.user, role=Role(ended.role))
        mails.tell_member(heir, "handed_over")
    return ended


def invite(*, actor: Any, place: School | Board, role: Role, email: str) -> Invitation:
    """Mail a colleague a link that makes them a member, once. `email` must be an address the outbox can send to.

    Raises NotPossibleError for a closed school or board: links to it do not work.
    """
    _check(place, role)
    if not place.is_open:
        raise NotPossibleError(_("This school or board is closed. You cannot invite anybody any more."))
    with transaction.atomic():
        invitation = Invitation.objects.create(role=role, email=email.lower(), invited_by=actor, **_where(place))
        mails.send_invitation(invitation)
    return invitation


def find_invitation(token: str) -> Invitation | None:
    """The invitation behind a link, as long as it works: signed by us, not too old, not used, its sender still in charge."""
    key = invitation_key(token)
    if key is None:
        return None
    rows = Invitation.objects.select_related("school", "board", "invited_by")
    invitation = rows.filter(key=key, used_at=None).first()
    if invitation is None or not invitation.place.is_open or not may_decide(invitation.invited_by, invitation.place):
        return None
    return invitation


def accept(*, token: str, user: Any) -> Membership:
    """Make the holder of this link a member. Who is a member already keeps the role, and the link stays good for a colleague.

    Raises NotPossibleError for a link that does not work (any more).
    """
    with transaction.atomic():
        invitation = find_invitation(token)
        # Whoever is first: two people with one link are not both let in.
        unused = Invitation.objects.filter(pk=invitation.pk, used_at=None) if invitation else Invitation.objects.none()
        if invitation is None or not unused.update(used_at=timezone.now()):
            raise NotPossibleError(_("This link does not work any more. Ask your colleague for a new one."))
        role = Role(invitation.role)
        membership, new = _begin(user, invitation.place, role, MembershipAction.ACCEPT, actor=user)
        if membership.is_asked:
            membership = transition(membership, MembershipAction.ACCEPT, actor=user, role=role)
        elif not new:
            Invitation.objects.filter(pk=invitation.pk).update(used_at=None)
    return membership


def grant_by_brin(user: Any, brin: str) -> list[Membership]:
    """Make somebody who signed in through their school (OIDC) a teacher there; returns the memberships that are new.

    `brin` is what the identity provider vouches for: four characters for the institution, six for a location. Of an institution
    with more locations it is the main one. Nothing happens for who ever belonged there or asked to: who left stays away.
    """
    return [
        membership
        for school in _vouched(brin.strip().upper())
        if not Membership.objects.filter(user=user, school=school).exists()
        for membership, new in [_begin(user, school, Role.TEACHER, MembershipAction.SIGN_IN, actor=user)]
        if new
    ]


def _vouched(brin: str) -> Iterable[School]:
    if len(brin) == 6:
        return School.objects.open().filter(code=brin)
    if len(brin) != 4:
        return ()
    found = list(School.objects.open().filter(code__startswith=brin))
    main = [school for school in found if school.code.endswith(MAIN_LOCATION)]
    return main or (found if len(found) == 1 else ())


def _begin(
    user: Any, place: School | Board, role: Role, action: MembershipAction, *, actor: Any, remark: str = ""
) -> tuple[Membership, bool]:
    """The membership of this person here that has not ended, made when there is none; and whether it was made."""
    _check(place, role)
    with transaction.atomic():
        values: dict[str, Any] = {"role": role, "state": BEGINNINGS[action], "remark": remark}
        if BEGINNINGS[action] == MembershipState.GRANTED:
            values["granted_at"] = timezone.now()
        rows = Membership.objects.exclude(state=MembershipState.ENDED)
        membership, new = rows.get_or_create(user=user, **_where(place), defaults=values)
        if new:
            record(membership, action, actor=actor)
    return membership, new


def _where(place: School | Board) -> dict[str, Any]:
    return {"school": None, "board": place} if isinstance(place, Board) else {"school": place, "board": None}


def _check(place: School | Board, role: Role) -> None:
    if isinstance(place, Board) != (role == Role.BOARD):
        raise ValueError(f"{role} does not fit {place}")
