"""Fixed choices of the register of schools and boards."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What the register says of a school or board. Nothing is ever deleted: what leaves the register is closed, with the date."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Role(models.TextChoices):
    """What somebody is at a school or, as a member of the board, for all schools of it. Every other right is a group."""

    TEACHER = "teacher", _("Teacher")
    COORDINATOR = "coordinator", _("Coordinator")
    DIRECTOR = "director", _("Director")
    BOARD = "board", _("Member of the board")


# Who may let others in and write for the school; a member of its board may as well.
LEADING = (Role.COORDINATOR, Role.DIRECTOR)


class MembershipState(models.TextChoices):
    """Where a membership stands. An ended one stays for the history; who comes back gets a new one."""

    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Granted")
    ENDED = "ended", _("Ended")


class MembershipAction(models.TextChoices):
    """What happened to a membership; `schools.membership.workflow` says when each may."""

    ASK = "ask", _("Asked for")
    GRANT = "grant", _("Granted")
    REFUSE = "refuse", _("Refused")
    WITHDRAW = "withdraw", _("Withdrawn")
    ACCEPT = "accept", _("Came by invitation")
    SIGN_IN = "sign-in", _("Came by signing in through the school")
    CHANGE_ROLE = "change-role", _("Got another role")
    HAND_OVER = "hand-over", _("Handed over")
    LEAVE = "leave", _("Left")
    REMOVE = "remove", _("Ended by another")


class NeedState(models.TextChoices):
    """Where a support need stands."""

    OPEN = "open", _("Open")
    IN_HAND = "in-hand", _("In hand")
    MET = "met", _("Met")
    DROPPED = "dropped", _("Dropped")


# What still asks for something.
PENDING_NEEDS = (NeedState.OPEN, NeedState.IN_HAND)


class NeedAction(models.TextChoices):
    """What happened to a need; `schools.needs.workflow` says when each may."""

    NOTE = "note", _("Written down")
    CHANGE = "change", _("Changed")
    TAKE_UP = "take-up", _("Taken in hand")
    PUT_BACK = "put-back", _("Put back")
    MEET = "meet", _("Met")
    DROP = "drop", _("Dropped")
    REOPEN = "reopen", _("Opened again")


class Priority(models.IntegerChoices):
    """How soon a school wants help; sorts by number."""

    HIGH = 1, _("As soon as possible")
    NORMAL = 2, _("This school year")
    LOW = 3, _("Later")


class Visibility(models.TextChoices):
    """Who may see the profile of a school."""

    MEMBERS = "members", _("Only people of our school and board")
    PUBLIC = "public", _("Everybody, on the page of our school")
