"""Lessons, the page that lists them, and files of lessons on their way in."""

from lessons.models.curriculum import CurriculumLink
from lessons.models.import_job import ImportJob
from lessons.models.index import LessonIndexPage
from lessons.models.lesson import LessonPage

__all__ = ["CurriculumLink", "ImportJob", "LessonIndexPage", "LessonPage"]
