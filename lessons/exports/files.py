"""The template and exports as files: XLSX with explanation and codes, CSV as Dutch spreadsheet programs open it."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from lessons.enums import Audience
from lessons.exports.rows import CellValue
from lessons.imports.cells import with_mark
from lessons.imports.columns import AUDIENCES, Column, DateColumn, NumberColumn
from lessons.imports.layout import COLUMNS
from lessons.imports.sheets import SHEET
from lessons.imports.steps import PHASES
from portal.vocabulary.lookup import vocabulary

EXPLANATION, CODES = "Uitleg", "Codes"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
SEPARATOR = ";"
BOLD = Font(bold=True)
SHADE = PatternFill("solid", fgColor="FFE3EFE6")
TOP = Alignment(vertical="top", wrap_text=True)
AS_TEXT, AS_DATE = "@", "d-m-yyyy"
WIDE, NARROW = 40, 14


def write_xlsx(target: BinaryIO, rows: Iterable[list[CellValue]] = (), columns: tuple[Column, ...] = COLUMNS) -> None:
    """Write the template with these rows (none: the empty template) to a file."""
    book = Workbook(write_only=True)
    _lessons(book, rows, columns)
    _explanation(book, columns)
    _codes(book, columns)
    book.save(target)


def csv_lines(rows: Iterable[list[CellValue]] = (), columns: tuple[Column, ...] = COLUMNS) -> Iterator[str]:
    """The template with these rows as lines of CSV. The first begins with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo(), delimiter=SEPARATOR, lineterminator="\r\n")
    yield "\ufeff" + writer.writerow([column.header for column in columns])
    for row in rows:
        yield writer.writerow([cell.isoformat() if isinstance(cell, date) else cell for cell in row])


class _Echo:
    """A file for `csv.writer` that hands back what is written."""

    def write(self, line: str) -> str:
        return line


def _lessons(book: Workbook, rows: Iterable[list[CellValue]], columns: tuple[Column, ...]) -> None:
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "B2"
    for position, column in enumerate(columns, 1):
        shape = sheet.column_dimensions[get_column_letter(position)]
        shape.width = NARROW if isinstance(column, (DateColumn, NumberColumn)) else WIDE
        # As text, so that a group of "4-6" does not become the fourth of June.
        shape.number_format = {DateColumn: AS_DATE, NumberColumn: "0"}.get(type(column), AS_TEXT)
    sheet.append(_heading(sheet, [column.header for column in columns]))
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _explanation(book: Workbook, columns: tuple[Column, ...]) -> None:
    sheet = book.create_sheet(EXPLANATION)
    _widths(sheet, 24, 70, 60)
    sheet.append(
        [_cell(sheet, _("Fill in the sheet “Lessen”, one lesson a row. Columns may be left out and stand in any order."))]
    )
    sheet.append(
        [_cell(sheet, _("A column that is left out changes nothing in a lesson that is there; an empty cell empties it."))]
    )
    sheet.append([])
    sheet.append(_heading(sheet, [_("Column"), _("What to write"), _("Example")]))
    for column in columns:
        sheet.append([_cell(sheet, with_mark(str(text))) for text in (column.header, column.help, column.example)])


def _codes(book: Workbook, columns: tuple[Column, ...]) -> None:
    sheet = book.create_sheet(CODES)
    sheet.freeze_panes = "A2"
    _widths(sheet, 24, 40, 70, 40)
    sheet.append(_heading(sheet, [_("Column"), _("Code"), _("Name"), _("Part of")]))
    words = vocabulary()
    for column in columns:
        for concept in words.scheme(column.scheme) if column.scheme else ():
            above = words.get(concept.scheme, concept.broader_code)
            texts = (column.header, concept.code, concept.title, above.title if above else "")
            sheet.append([_cell(sheet, with_mark(text)) for text in texts])
    for phase, names in PHASES.items():
        sheet.append([_cell(sheet, text) for text in ("Stap", names[0], str(phase.label), "")])
    for audience in Audience:
        sheet.append([_cell(sheet, text) for text in ("Materiaal", AUDIENCES[audience][0], str(audience.label), "")])


def _heading(sheet: Any, names: list[str]) -> list[WriteOnlyCell]:
    cells = [_cell(sheet, name) for name in names]
    for cell in cells:
        cell.font, cell.fill = BOLD, SHADE
    return cells


def _cell(sheet: Any, value: CellValue) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    cell.alignment = TOP
    if isinstance(value, str):
        # Never a formula, whatever the text begins with.
        cell.data_type, cell.number_format = "s", AS_TEXT
    elif isinstance(value, date):
        cell.number_format = AS_DATE
    return cell


def _widths(sheet: Any, *widths: int) -> None:
    for position, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(position)].width = width
