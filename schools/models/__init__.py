"""The models of the app, a subject a module."""

from schools.models.register import Board, School

__all__ = ["Board", "School"]
