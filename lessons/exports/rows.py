"""Lessons as rows of the template: the newest draft of each, as the import compares with it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from lessons.imports.columns import Column, Lookup
from lessons.imports.concepts import ConceptNames
from lessons.imports.content import LessonContent
from lessons.imports.layout import COLUMNS, MAX_STEPS, SLUG, STEPS, step_column
from lessons.imports.links import Links
from lessons.imports.steps import StepColumn
from lessons.models import LessonPage
from portal.spreadsheets import with_mark
from portal.vocabulary.lookup import vocabulary

BATCH = 100
CellValue = str | int | date | None


def columns_for(pages: QuerySet[LessonPage]) -> tuple[Column, ...]:
    """The columns of the template, with as many steps as the longest of these lessons has."""
    most = max((len(content.data["steps"]) for _page, content in _contents(pages)), default=0)
    extra = [step_column(number) for number in range(STEPS + 1, min(most, MAX_STEPS) + 1)]
    last = max(position for position, column in enumerate(COLUMNS) if isinstance(column, StepColumn))
    return (*COLUMNS[: last + 1], *extra, *COLUMNS[last + 1 :])


def rows_for(pages: QuerySet[LessonPage], columns: tuple[Column, ...]) -> Iterator[list[CellValue]]:
    """A row for each lesson. No text among its cells is taken for a formula."""
    lookup = Lookup(ConceptNames(vocabulary()), Links())
    for page, content in _contents(pages):
        values = [page.slug if column is SLUG else column.show(column.of(content), lookup) for column in columns]
        yield [with_mark(value) if isinstance(value, str) else value for value in values]


def _contents(pages: QuerySet[LessonPage]) -> Iterator[tuple[LessonPage, LessonContent]]:
    for page in pages.select_related("latest_revision").iterator(BATCH):
        revision = page.latest_revision
        yield page, LessonContent.of_revision(revision.content) if revision else LessonContent.of_page(page)
