"""What lessons put on pages of the ground floor."""

from typing import Any

from django.http import HttpRequest

from lessons.models import LessonPage
from portal.content.listings import newest
from portal.content.slots import register


def new_lessons(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The newest lessons, for the home page."""
    cards = newest(LessonPage, 6)
    return ("lessons/parts/new_lessons.html", {"cards": cards}) if cards else None


def fill_slots() -> None:
    """Fill the slots of the ground floor."""
    register("home", new_lessons, queries=4)
