"""Lessons and the page that lists them."""

from lessons.models.curriculum import CurriculumLink
from lessons.models.index import LessonIndexPage
from lessons.models.lesson import LessonPage

__all__ = ["CurriculumLink", "LessonIndexPage", "LessonPage"]
