"""A file of the register as a table: which encoding, which delimiter, which rows. Says no to what is no table of text."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

# The largest file of the register holds some 3 MB.
MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 50_000
DELIMITERS = ";,\t"


class RegisterFileError(Exception):
    """This file cannot be imported at all; the message says why, in the words of the person who gave it."""


@dataclass(frozen=True, slots=True)
class Table:
    """The header of a file and its text, from which `rows` reads."""

    name: str
    header: tuple[str, ...]
    encoding: str
    delimiter: str
    text: str

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Number (the header is row 1) and cells of the rows that hold something. Raises RegisterFileError."""
        reader = _reader(self.text, self.delimiter)
        try:
            for number, cells in enumerate(reader, 1):
                if number > MAX_ROWS:
                    raise RegisterFileError(_("This file has more than %(number)s rows.") % {"number": MAX_ROWS})
                if number > 1 and any(cell.strip() for cell in cells):
                    yield number, cells
        except csv.Error as error:
            place = {"line": reader.line_num}
            raise RegisterFileError(_("Line %(line)s is no row of a CSV file; is a quote missing?") % place) from error


def read_table(path: Path) -> Table:
    """The table in this file. Raises RegisterFileError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RegisterFileError(_("This file is larger than %(number)s MB.") % {"number": MAX_BYTES // 1024 // 1024})
        data = path.read_bytes()
    except OSError as error:
        raise RegisterFileError(_("This file cannot be read: %(reason)s.") % {"reason": error.strerror}) from error
    encoding, text = _decoded(data)
    header, delimiter = _header(text)
    return Table(path.name, header, encoding, delimiter, text)


def _decoded(data: bytes) -> tuple[str, str]:
    """The encoding and the text. What is not UTF-8 is windows-1252, as old files of DUO are; every byte of those counts."""
    if b"\0" in data:
        raise RegisterFileError(_("This is no CSV file: it holds characters that no text has."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RegisterFileError(_("This is no CSV file: it holds characters that no text has."))


def _header(text: str) -> tuple[tuple[str, ...], str]:
    """The cells of the first row and the delimiter that parts it into most of them."""
    best: tuple[tuple[str, ...], str] = ((), "")
    for delimiter in DELIMITERS:
        try:
            cells = tuple(next(_reader(text, delimiter), []))
        except csv.Error:
            continue
        if len(cells) > len(best[0]):
            best = (cells, delimiter)
    if len(best[0]) < 2:
        raise RegisterFileError(_("This is no CSV file: its first row has no columns."))
    return best


def _reader(text: str, delimiter: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
