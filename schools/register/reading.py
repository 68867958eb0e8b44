"""A file of the register as a table: which encoding, which delimiter, which rows. Says no to what is no table of text."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

# The largest file of the register holds some 3 MB.
MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
DELIMITERS = ";,\t"


class RegisterFileError(Exception):
    """This file cannot be imported at all; the message says why, in the words of the person who gave it."""


@dataclass(frozen=True, slots=True)
class Table:
    """The header of a file and its bytes, from which `rows` reads: text is only made of the row at hand."""

    name: str
    header: tuple[str, ...]
    encoding: str
    delimiter: str
    data: bytes

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Number (the header is row 1) and cells of the rows that hold something. Raises RegisterFileError."""
        reader = _reader(self.data, self.encoding, self.delimiter)
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
    encoding = _encoding(data)
    header, delimiter = _header(data, encoding)
    return Table(path.name, header, encoding, delimiter, data)


def _encoding(data: bytes) -> str:
    """The encoding of the whole file. What is not UTF-8 is windows-1252, as old files of DUO are."""
    if b"\0" in data:
        raise RegisterFileError(_("This is no CSV file: it holds characters that no text has."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise RegisterFileError(_("This is no CSV file: it holds characters that no text has."))


def _header(data: bytes, encoding: str) -> tuple[tuple[str, ...], str]:
    """The cells of the first row and the delimiter that parts it into most of them."""
    best: tuple[tuple[str, ...], str] = ((), "")
    for delimiter in DELIMITERS:
        try:
            cells = tuple(next(_reader(data, encoding, delimiter), []))
        except csv.Error:
            continue
        if len(cells) > len(best[0]):
            best = (cells, delimiter)
    if len(best[0]) < 2:
        raise RegisterFileError(_("This is no CSV file: its first row has no columns."))
    return best


def _reader(data: bytes, encoding: str, delimiter: str) -> Any:
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    return csv.reader(text, delimiter=delimiter, strict=True)
