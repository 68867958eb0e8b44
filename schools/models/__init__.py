"""The models of the app, a subject a module."""

from schools.models.adviser import Adviser
from schools.models.membership import Invitation, Membership, MembershipEvent
from schools.models.needs import NeedEvent, SupportNeed
from schools.models.profile import Practice, SchoolProfile
from schools.models.register import Board, School
from schools.models.scan import Scan, ScanAnswer, ScanStatement
from schools.models.use import PageUse

__all__ = [
    "Adviser",
    "Board",
    "Invitation",
    "Membership",
    "MembershipEvent",
    "NeedEvent",
    "PageUse",
    "Practice",
    "Scan",
    "ScanAnswer",
    "ScanStatement",
    "School",
    "SchoolProfile",
    "SupportNeed",
]
