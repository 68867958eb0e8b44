"""Mails about memberships, put into the outbox in the transaction of what they tell."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from portal.content.snapshot import current
from portal.outbox.services import enqueue
from schools.addresses import page_of
from schools.enums import LEADING, MembershipState, Role
from schools.membership.links import WORKS_FOR, invitation_token
from schools.models.membership import Invitation, Membership
from schools.models.register import Board, School
from search.addresses import absolute

# Somebody of them will be there.
MOST_DECIDERS = 10


def tell_deciders(membership: Membership) -> None:
    """Tell who decides at this school or board that somebody asks to belong to it."""
    values = {"membership": membership, "url": absolute(page_of(membership.place, "people"))}
    for user in deciders(membership.place):
        _mail("asked", user.email, values)


def tell_member(membership: Membership, what: str) -> None:
    """Tell somebody what became of their membership: granted, refused, removed, other_role or handed_over (to them)."""
    place = page_of(membership.place) if membership.is_granted else membership.place.get_absolute_url()
    _mail(what, membership.user.email, {"membership": membership, "url": absolute(place)})


def send_invitation(invitation: Invitation) -> None:
    """Mail the link of an invitation."""
    path = reverse("schools:invitation", args=[invitation_token(invitation)])
    values = {"invitation": invitation, "url": absolute(path), "days": WORKS_FOR.days}
    _mail("invitation", invitation.email, values, dedupe_key=f"{invitations_by(invitation.invited_by)}{invitation.key}")


def invitations_by(user: Any) -> str:
    """How the keys of mails begin that say who invites: they go when that account goes."""
    return f"invitation:{user.pk}:"


def deciders(place: School | Board) -> list[Any]:
    """The people to tell about a question: who leads the school, else its board, else the desk."""
    granted = Membership.objects.filter(state=MembershipState.GRANTED)
    board = granted.filter(role=Role.BOARD, board=place if isinstance(place, Board) else place.board)
    ways = [board] if isinstance(place, Board) else [granted.filter(school=place, role__in=LEADING), board]
    users = get_user_model().objects.filter(is_active=True)
    for way in ways:
        if found := list(users.filter(pk__in=way.values("user"))[:MOST_DECIDERS]):
            return found
    desk = Permission.objects.filter(codename="change_membership", content_type__app_label="schools")
    return list(users.filter(Q(groups__permissions__in=desk) | Q(user_permissions__in=desk)).distinct()[:MOST_DECIDERS])


def _mail(subject: str, recipient: str, values: Mapping[str, Any], *, dedupe_key: str = "") -> None:
    """Put `schools/mail/<subject>.txt` into the outbox; its first line is the subject, and the name of the site ends it."""
    title, _rest, text = render_to_string(f"schools/mail/{subject}.txt", values).strip().partition("\n")
    signed = f"{text.strip()}\n\n{gettext('Kind regards,')}\n{current().name}\n"
    enqueue(kind=f"membership-{subject}", recipient=recipient, subject=title.strip(), text=signed, dedupe_key=dedupe_key)
