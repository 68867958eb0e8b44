"""Tables in XLSX files, read row by row with openpyxl."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.formula.translate import TranslatorError

from lessons.imports.archive import BROKEN, Part, measure, unreadable
from lessons.imports.cells import Cell, SourceRow, Table, TableError, Unusable, is_empty

SHEET = "Lessen"
MAX_COLUMNS = 200


@contextmanager
def xlsx_table(path: Path) -> Iterator[Table]:
    """The sheet "Lessen" of an XLSX file, or else its first one. Raises TableError, also while the rows are read."""
    with path.open("rb") as file:
        parts = measure(file)
        file.seek(0)
        # What openpyxl leaves out (styles, rules for input) is none of ours.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                book = load_workbook(file, read_only=True, keep_links=False)
            except (*BROKEN, TranslatorError) as error:
                raise unreadable() from error
            sheet = _chosen(book.worksheets)
            # openpyxl gives a sheet that is read as a stream no public word for the part it comes from.
            part = parts.get(str(sheet._worksheet_path).lstrip("/"), Part())
            try:
                yield Table(_rows(sheet, part.rows), part.rows, _merges(part.merges))
            finally:
                book.close()


def _chosen(sheets: list[Any]) -> Any:
    shown = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets
    if not shown:
        raise TableError(_("This spreadsheet has no sheets."))
    return next((sheet for sheet in sheets if sheet.title.strip().casefold() == SHEET.casefold()), shown[0])


def _rows(sheet: Any, filled: int) -> Iterator[SourceRow]:
    """The rows that hold something: nothing is read behind the last of them, however long the empty rest is."""
    sheet.reset_dimensions()
    seen = 0
    try:
        for number, row in enumerate(sheet.rows, 1):
            cells = tuple(_cell(cell) for cell in row[: MAX_COLUMNS + 1])
            if any(not is_empty(cell) for cell in cells):
                yield SourceRow(number, cells)
            seen += any(cell.value is not None for cell in row)
            if seen >= filled:
                return
    except (*BROKEN, TranslatorError) as error:
        raise unreadable() from error


def _cell(cell: Any) -> Cell:
    match cell.data_type:
        case "f":
            return Unusable(_("This is a formula. Put the value itself in the cell."))
        case "e":
            return Unusable(_("The spreadsheet gives an error here: %(value)s.") % {"value": str(cell.value)[:20]})
    value: Cell = cell.value
    return value


def _merges(references: list[str]) -> dict[int, str]:
    found = ((re.match(r"[A-Z]{1,3}(\d{1,7})(?::|$)", reference), reference) for reference in references)
    return {int(match[1]): reference for match, reference in found if match}
