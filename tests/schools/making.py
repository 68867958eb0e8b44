"""Boards and schools for tests."""

from typing import Any

from schools.models import Board, School


def a_board(number: str = "90001", **facts: Any) -> Board:
    """A saved board."""
    return Board.objects.create(**{"number": number, "name": f"Stichting {number}", "place": "Testdorp", **facts})


def a_school(code: str = "99ZZ00", *, board: Board | None = None, **facts: Any) -> School:
    """A saved school; with a board of its own unless told."""
    board = board or Board.objects.filter(number="90001").first() or a_board()
    return School.objects.create(**{"code": code, "name": f"School {code}", "place": "Testdorp", "board": board, **facts})
