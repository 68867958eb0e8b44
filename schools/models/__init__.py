"""The models of the app, a subject a module."""

from schools.models.adviser import Adviser
from schools.models.membership import Invitation, Membership, MembershipEvent
from schools.models.needs import NeedEvent, SupportNeed
from schools.models.profile import Practice, SchoolProfile
from schools.models.register import Board, School

__all__ = [
    "Adviser",
    "Board",
    "Invitation",
    "Membership",
    "MembershipEvent",
    "NeedEvent",
    "Practice",
    "School",
    "SchoolProfile",
    "SupportNeed",
]
