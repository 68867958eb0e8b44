"""Whose school or board it is: every page that is not public finds its objects through one of these querysets.

What a person may not see does not exist for them: the answer is 404, the same as for what is not there.
"""

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from schools.enums import LEADING, Role
from schools.models.membership import DESK_PERMISSION, Membership
from schools.models.register import Board, School

# The group of the advice point; made by a migration.
DESK = "Adviespunt"


def is_desk(user: Any) -> bool:
    """Whether this person decides on memberships everywhere: the group of the advice point, and administrators."""
    return bool(user.has_perm(DESK_PERMISSION))


def boards_for(user: Any) -> QuerySet[Board]:
    """The boards that this person is a member of."""
    return Board.objects.filter(pk__in=Membership.objects.granted_to(user).filter(role=Role.BOARD).values("board"))


def schools_for(user: Any) -> QuerySet[School]:
    """The schools this person belongs to in any role, those of their boards too."""
    mine = Membership.objects.granted_to(user).filter(board=None)
    return School.objects.filter(Q(pk__in=mine.values("school")) | Q(board__in=boards_for(user).values("pk")))


def schools_led_by(user: Any) -> QuerySet[School]:
    """The schools this person writes for: as coordinator, as director, or as a member of their board."""
    mine = Membership.objects.granted_to(user).filter(role__in=LEADING)
    return School.objects.filter(Q(pk__in=mine.values("school")) | Q(board__in=boards_for(user).values("pk")))


def leads(user: Any, place: School | Board) -> bool:
    """Whether this person writes for this school or board as one of its members."""
    led = boards_for(user) if isinstance(place, Board) else schools_led_by(user)
    return led.filter(pk=place.pk).exists()


def may_decide(user: Any, place: School | Board) -> bool:
    """Whether this person lets others in at this school or board."""
    return bool(user.is_active) and (leads(user, place) or is_desk(user))


class OfSchoolQuerySet(models.QuerySet[Any]):
    """What belongs to a school by a field `school`."""

    def for_user(self, user: Any) -> "OfSchoolQuerySet":
        """What is there of the schools this person belongs to; nothing for others, whatever their other rights."""
        return self.filter(school__in=schools_for(user))

    def led_by(self, user: Any) -> "OfSchoolQuerySet":
        """What is there of the schools this person writes for."""
        return self.filter(school__in=schools_led_by(user))
