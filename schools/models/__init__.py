"""The models of the app, a subject a module."""

from schools.models.adviser import Adviser
from schools.models.register import Board, School

__all__ = ["Adviser", "Board", "School"]
