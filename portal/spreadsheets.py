"""Spreadsheets that hold data and never a live formula, whatever people typed into the texts (OWASP, "CSV injection")."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What makes a spreadsheet program take a cell for a formula, in their full-width forms too.
FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")
BOLD = Font(bold=True)
SHADE = PatternFill("solid", fgColor="FFE3EFE6")
TOP = Alignment(vertical="top", wrap_text=True)
AS_TEXT, AS_DATE = "@", "d-m-yyyy"

Value = str | int | date | None


def with_mark(value: str) -> str:
    """A text that no spreadsheet takes for a formula; `without_mark` gives the text back."""
    return f"'{value}" if value.lstrip("'")[:1] in FORMULA_STARTS else value


def without_mark(value: str) -> str:
    """A text without the apostrophe that an export puts before what a spreadsheet would take for a formula."""
    return value[1:] if value.startswith("'") and value.lstrip("'")[:1] in FORMULA_STARTS else value


def safe_cell(sheet: Any, value: Value) -> WriteOnlyCell:
    """A cell of a write-only sheet: a text is a text, whatever it begins with."""
    cell = WriteOnlyCell(sheet, value)
    cell.alignment = TOP
    if isinstance(value, str):
        cell.data_type, cell.number_format = "s", AS_TEXT
    elif isinstance(value, date):
        cell.number_format = AS_DATE
    return cell


def heading_cells(sheet: Any, names: Iterable[str]) -> list[WriteOnlyCell]:
    """The cells of a heading."""
    cells = [safe_cell(sheet, name) for name in names]
    for cell in cells:
        cell.font, cell.fill = BOLD, SHADE
    return cells


def set_widths(sheet: Any, *widths: int) -> None:
    """Set the widths of the first columns, in characters."""
    for position, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(position)].width = width


def write_sheet(
    book: Workbook, title: str, heading: Sequence[str], rows: Iterable[Sequence[Value]], *, widths: Sequence[int] = ()
) -> None:
    """Add a sheet with a heading that stays in sight. Characters that a spreadsheet cannot hold are left out."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    set_widths(sheet, *widths)
    sheet.append(heading_cells(sheet, heading))
    for row in rows:
        sheet.append([safe_cell(sheet, _holdable(value)) for value in row])


def _holdable(value: Value) -> Value:
    return with_mark(ILLEGAL_CHARACTERS_RE.sub("", value)) if isinstance(value, str) else value
