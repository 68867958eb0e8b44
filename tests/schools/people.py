"""People who belong to schools and boards, signed in."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from portal.accounts.models import User
from schools.enums import MembershipState, Role
from schools.models import Board, Membership, School
from schools.permissions import DESK
from tests import factories


def a_member(place: School | Board, role: Role = Role.TEACHER, *, user: User | None = None, **values: Any) -> Membership:
    """A granted membership (unless `state` says otherwise) of somebody new (unless told)."""
    where = {"board": place} if isinstance(place, Board) else {"school": place}
    user = user or factories.UserFactory()
    return Membership.objects.create(**{"user": user, "role": role, "state": MembershipState.GRANTED, **where, **values})


def a_desk() -> User:
    """Somebody of the advice point."""
    user: User = factories.UserFactory()
    user.groups.add(Group.objects.get(name=DESK))
    return user


def signed_in(user: User) -> Client:
    """A browser in which this person signed in."""
    client = Client()
    client.force_login(user)
    return client
