"""The template and exports as files: XLSX with explanation and codes, CSV as Dutch spreadsheet programs open it."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from lessons.enums import Audience
from lessons.exports.rows import CellValue
from lessons.imports.columns import AUDIENCES, Column, DateColumn, NumberColumn
from lessons.imports.layout import COLUMNS
from lessons.imports.sheets import SHEET
from lessons.imports.steps import PHASES
from portal.spreadsheets import AS_DATE, AS_TEXT, heading_cells, safe_cell, set_widths, with_mark
from portal.vocabulary.lookup import vocabulary

EXPLANATION, CODES = "Uitleg", "Codes"
CSV_TYPE = "text/csv; charset=utf-8"
SEPARATOR = ";"
WIDE, NARROW = 40, 14
# Where the lessons begin in the template, in a spreadsheet and in CSV alike: below one row with the headings.
FIRST_ROW = 2


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
    sheet.freeze_panes = f"B{FIRST_ROW}"
    for position, column in enumerate(columns, 1):
        shape = sheet.column_dimensions[get_column_letter(position)]
        shape.width = NARROW if isinstance(column, (DateColumn, NumberColumn)) else WIDE
        # As text, so that a group of "4-6" does not become the fourth of June.
        shape.number_format = {DateColumn: AS_DATE, NumberColumn: "0"}.get(type(column), AS_TEXT)
    sheet.append(heading_cells(sheet, [column.header for column in columns]))
    for row in rows:
        sheet.append([safe_cell(sheet, value) for value in row])


def _explanation(book: Workbook, columns: tuple[Column, ...]) -> None:
    sheet = book.create_sheet(EXPLANATION)
    set_widths(sheet, 24, 70, 60)
    sheet.append(
        [safe_cell(sheet, _("Fill in the sheet “Lessen”, one lesson a row. Columns may be left out and stand in any order."))]
    )
    sheet.append(
        [safe_cell(sheet, _("A column that is left out changes nothing in a lesson that is there; an empty cell empties it."))]
    )
    sheet.append([])
    sheet.append(heading_cells(sheet, [_("Column"), _("What to write"), _("Example")]))
    for column in columns:
        sheet.append([safe_cell(sheet, with_mark(str(text))) for text in (column.header, column.help, column.example)])


def _codes(book: Workbook, columns: tuple[Column, ...]) -> None:
    sheet = book.create_sheet(CODES)
    sheet.freeze_panes = "A2"
    set_widths(sheet, 24, 40, 70, 40)
    sheet.append(heading_cells(sheet, [_("Column"), _("Code"), _("Name"), _("Part of")]))
    words = vocabulary()
    for column in columns:
        for concept in words.scheme(column.scheme) if column.scheme else ():
            above = words.get(concept.scheme, concept.broader_code)
            texts = (column.header, concept.code, concept.title, above.title if above else "")
            sheet.append([safe_cell(sheet, with_mark(text)) for text in texts])
    for phase, names in PHASES.items():
        sheet.append([safe_cell(sheet, text) for text in ("Stap", names[0], str(phase.label), "")])
    for audience in Audience:
        sheet.append([safe_cell(sheet, text) for text in ("Materiaal", AUDIENCES[audience][0], str(audience.label), "")])
