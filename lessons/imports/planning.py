"""What an import would do, row by row. The dry run and the import itself both go this way."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import string_to_ascii
from wagtail.models import Revision

from lessons.imports import cells
from lessons.imports.cells import Cell, CellError, SourceRow, TableError
from lessons.imports.columns import Column, Lookup
from lessons.imports.concepts import ConceptNames
from lessons.imports.content import LessonContent
from lessons.imports.files import Source
from lessons.imports.layout import HEADER_OF_FIELD, SLUG, TITLE
from lessons.imports.links import Links
from lessons.models import LessonIndexPage, LessonPage
from portal.accounts.models import User
from portal.spreadsheets import without_mark
from portal.vocabulary.lookup import vocabulary

BATCH = 100
MAX_PROBLEMS = 10
MAX_SLUG = 100
# All texts of a file together, so that one long text in every cell of a small file does not fill the memory.
MAX_LETTERS = 40_000_000
SLUG_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Outcome(models.TextChoices):
    """What happens to a row."""

    NEW = "new", gettext_lazy("New")
    CHANGED = "changed", gettext_lazy("Changed")
    UNCHANGED = "unchanged", gettext_lazy("Unchanged")
    ERROR = "error", gettext_lazy("Faulty")


@dataclass(slots=True)
class RowReport:
    """What people read about a row. `changes` and `missing` (for publication) are names of columns, `problems` pairs of a column
    and a sentence."""

    row: int
    title: str
    slug: str
    outcome: Outcome = Outcome.UNCHANGED
    changes: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Work:
    """A lesson to write: a new one, or a new draft of `page`. `content` is what its revision will store."""

    slug: str
    content: dict[str, Any]
    page: LessonPage | None


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row: what people read about it and, when there is something to write, what that is."""

    report: RowReport
    work: Work | None


@dataclass(frozen=True, slots=True)
class _Named:
    """A row whose lesson is known by its slug."""

    source: SourceRow
    report: RowReport


class Planner:
    """Compares rows with the lessons below `index`, on behalf of `user` (None: of who runs a command, who may do everything)."""

    def __init__(self, index: LessonIndexPage, user: User | None) -> None:
        self.index, self.user = index, user
        self.lookup = Lookup(ConceptNames(vocabulary()), Links(user))
        self._row_of_slug: dict[str, int] = {}
        self._revisions: dict[int, Revision] = {}
        self._letters = 0
        self._digest = hashlib.sha256()

    @property
    def digest(self) -> str:
        """Changes with anything that the plans so far depend on: equal digests, equal plans."""
        return self._digest.hexdigest()

    def plans(self, source: Source) -> Iterator[RowPlan]:
        """The plan of each row. Raises TableError when the file cannot be read any further."""
        positions = {column: position for position, column in enumerate(source.heading.columns) if column}
        while batch := list(islice(source.rows, BATCH)):
            named = [self._named(row, positions, source.merges.get(row.number)) for row in batch]
            pages = self._pages({row.report.slug for row in named})
            self._revisions = Revision.objects.in_bulk([page.latest_revision_id for page in pages.values()])
            for row in named:
                page = pages.get(row.report.slug) or pages.get(row.report.slug.lower())
                row.report.slug = page.slug if page else row.report.slug.lower()
                yield self._plan(row, positions, page)

    def _named(self, row: SourceRow, positions: dict[Column, int], merged: str | None) -> _Named:
        report = RowReport(row.number, "", "")
        try:
            report.title = TITLE.read(_cell(row, positions[TITLE]), self.lookup)
            if not report.title:
                report.problems.append((TITLE.header, _("A lesson needs a title.")))
        except CellError as error:
            report.problems.append((TITLE.header, str(error)))
        try:
            typed = cells.line(_cell(row, positions[SLUG])) if SLUG in positions else ""
            report.slug = typed or slugify(string_to_ascii(report.title))[:MAX_SLUG].strip("-_")
        except CellError as error:
            report.problems.append((SLUG.header, str(error)))
        if merged:
            report.problems.append(
                ("", _("The cells %(cells)s are merged. Split them and fill each of them.") % {"cells": cells.shortened(merged)})
            )
        if report.slug and (other := self._row_of_slug.setdefault(report.slug.lower(), row.number)) != row.number:
            report.problems.append((SLUG.header, _("Row %(number)s is about the same lesson.") % {"number": other}))
        self._letters += sum(len(cell) for cell in row.cells if isinstance(cell, str))
        if self._letters > MAX_LETTERS:
            raise TableError(_("The texts of this table are too long together. Cut it into several files."))
        return _Named(row, report)

    def _pages(self, slugs: set[str]) -> dict[str, LessonPage]:
        wanted = {form for slug in slugs if slug for form in (slug, slug.lower())}
        pages = LessonPage.objects.child_of(self.index).filter(slug__in=wanted)
        return {page.slug: page for page in pages}

    def _content(self, page: LessonPage | None) -> LessonContent:
        if page is None:
            return LessonContent.empty()
        # Not through the page: those that are changed are kept until all rows are read.
        revision = self._revisions.get(page.latest_revision_id)
        return LessonContent.of_revision(revision.content) if revision else LessonContent.of_page(page)

    def _plan(self, row: _Named, positions: dict[Column, int], page: LessonPage | None) -> RowPlan:
        report = row.report
        content = self._content(page)
        if page is None and report.slug and not SLUG_FORM.fullmatch(report.slug):
            report.problems.append((SLUG.header, _("Use lower-case letters, digits and single hyphens.")))
        elif page is None and not report.slug and report.title and not report.problems:
            report.problems.append((SLUG.header, _("No web address can be made from this title. Fill in this column.")))
        for column, position in positions.items():
            if column is not SLUG and (column is not TITLE or report.title):
                self._take(column, _cell(row.source, position), content, report)
        if page is not None and report.changes and not report.problems:
            report.problems += [("", reason) for reason in self._closed(page)]
        if report.problems:
            report.outcome = Outcome.ERROR
            del report.problems[MAX_PROBLEMS:]
        elif page is None:
            report.outcome = Outcome.NEW
        elif report.changes:
            report.outcome = Outcome.CHANGED
        written = report.outcome in (Outcome.NEW, Outcome.CHANGED)
        if written:
            report.missing = _missing(content)
        revision = page and (page.pk, page.latest_revision_id)
        self._digest.update(repr((report.row, report.slug, report.outcome.value, revision, report.changes)).encode())
        if page is None:
            report.changes = []
        return RowPlan(report, Work(report.slug, content.stored(), page) if written else None)

    def _take(self, column: Column, cell: Cell, content: LessonContent, report: RowReport) -> None:
        shown = column.show(column.of(content), self.lookup)
        # What an export wrote is no change, whatever reading it would make of it.
        if isinstance(cell, str) and cells.plain(without_mark(cell)) == shown:
            return
        try:
            value = column.read(cell, self.lookup)
            if column.show(value, self.lookup) != shown:
                column.put(content, value, self.lookup)
                report.changes.append(column.header)
        except CellError as error:
            report.problems.append((column.header, str(error)))

    def _closed(self, page: LessonPage) -> Iterable[str]:
        """Why this person may not change this page now."""
        if page.alias_of_id:
            yield _("This lesson is a copy that follows another one. Change that one.")
        elif self.user is not None:
            may = page.permissions_for_user(self.user)
            if not may.can_edit():
                yield _("You may not change this lesson.")
            elif may.page_locked():
                yield _("This lesson is locked.")


def _cell(row: SourceRow, position: int) -> Cell:
    return row.cells[position] if position < len(row.cells) else None


def _missing(content: LessonContent) -> list[str]:
    """The columns that still have to be filled before this lesson can be published."""
    values = {**content.data, "steps": [step for step in content.data["steps"] if step]}
    return [HEADER_OF_FIELD.get(name, name) for name in LessonPage().problems_to_publish(values.get)]
