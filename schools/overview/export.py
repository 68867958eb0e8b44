"""The schools of a board and what they need as a spreadsheet."""

from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from portal.spreadsheets import Value, write_sheet
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from schools.models.register import Board
from schools.overview.figures import needs_of, school_rows


def write_board(target: BinaryIO, board: Board) -> None:
    """Write a sheet of schools and a sheet of their needs to a file. No cell is a formula."""
    book = Workbook(write_only=True)
    domains = vocabulary().scheme(Scheme.WSA)
    heading = [_("Code"), _("School"), _("Place"), _("Needs that ask for something"), _("Met"), _("Oldest since")]
    write_sheet(book, _("Schools"), [*heading, *(domain.label for domain in domains)], _schools(board), widths=(10, 40, 24))
    heading = [_("Code"), _("School"), _("Need"), _("Part of the school"), _("State"), _("How soon?"), _("By when?"), _("Since")]
    write_sheet(book, _("Needs"), heading, _needs(board), widths=(10, 40, 60, 30))
    book.save(target)


def _schools(board: Board) -> list[list[Value]]:
    return [
        [
            row.school.code,
            row.school.name,
            row.school.place,
            row.pending,
            row.met,
            timezone.localdate(row.oldest) if row.oldest else None,
            *(str(petal.level.label) for petal in row.petals),
        ]
        for row in school_rows(board)
    ]


def _needs(board: Board) -> list[list[Value]]:
    return [
        [
            need.school.code,
            need.school.name,
            need.what,
            need.domain.label_nl,
            need.get_state_display(),
            need.get_priority_display(),
            need.by_when,
            timezone.localdate(need.created_at),
        ]
        for need in needs_of(board).select_related("school", "domain").order_by("school__name", "number")
    ]
