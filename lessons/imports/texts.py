"""Tables in CSV files: separated by semicolon, comma or tab, in UTF-8 or in Windows' Western European encoding."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from lessons.imports.cells import Cell, SourceRow, Table, TableError, Unusable, is_empty

ENCODINGS = ("utf-8-sig", "cp1252")
SEPARATORS = ";,\t"
FORMULA = ("=", "＝")


@contextmanager
def csv_table(path: Path, score: Callable[[tuple[Cell, ...]], int]) -> Iterator[Table]:
    """The rows of a CSV file. The separator is the one with which `score`, asked about the first row, is highest.
    Raises TableError, also while the rows are read."""
    content = _decoded(path.read_bytes())
    separator = max(SEPARATORS, key=lambda one: score(_first(content, one)))
    total = sum(1 for row in _rows(content, separator))
    yield Table(_rows(content, separator), total, {})


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(_("The letters of this file cannot be read. Save it as CSV in UTF-8."))


def _first(content: str, separator: str) -> tuple[Cell, ...]:
    try:
        return next((row.cells for row in _rows(content, separator)), ())
    except TableError:
        # With another separator it may read well.
        return ()


def _rows(content: str, separator: str) -> Iterator[SourceRow]:
    """The rows that hold something. The number of a row counts rows, as a spreadsheet does, not lines."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    try:
        for number, row in enumerate(reader, 1):
            if any(cell.strip() for cell in row):
                yield SourceRow(number, tuple(_cell(cell) for cell in row))
    except csv.Error as error:
        raise TableError(
            _("Row %(number)s of this CSV file cannot be read: a quotation mark is missing or a text is far too long.")
            % {"number": reader.line_num}
        ) from error


def _cell(value: str) -> Cell:
    if value.lstrip().startswith(FORMULA):
        return Unusable(_("This is a formula. Put the value itself in the cell."))
    return None if is_empty(value) else value
