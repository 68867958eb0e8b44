"""A cell of a table and what can be made of it: text, a number, a date, yes or no."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.datetime import from_excel

from portal.characters import REFUSED
from portal.spreadsheets import without_mark

MAX_CELL = 20_000
SHOWN = 60
# Up to here a spreadsheet keeps whole numbers exactly.
MAX_NUMBER = 1e15

YES = frozenset({"ja", "j", "x", "waar", "true", "yes", "1"})
NO = frozenset({"nee", "n", "onwaar", "false", "no", "0", ""})
MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
DATE_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?"),
    re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})[- ](?P<word>[a-z]{3,9})\.?[- ](?P<year>\d{4})"),
)
# Days since 1900, as a spreadsheet keeps a date: from 1954 to 2173.
SERIAL_DATES = (20_000, 100_000)
# How some programs write the carriage return of a line break into an XLSX file.
WRITTEN_RETURN = "_x000D_"


class CellError(Exception):
    """A cell that cannot be used. The message is a sentence for the person who made the table."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """What a reader puts in the place of a cell that holds no plain value, such as a formula."""

    reason: str


# What a reader gives for a cell.
Cell = str | int | float | bool | date | datetime | time | timedelta | Unusable | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row as it stands in the file: its number there, from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is being read. `rows` can be walked through once; `total` is how many rows hold something."""

    rows: Iterator[SourceRow]
    total: int
    # Row number → the reference of the merged cells that begin there ("A3:A5").
    merges: dict[int, str]


class TableError(Exception):
    """A file that cannot be read as a table at all. The message is a sentence for the person who made it."""


def shortened(text: object) -> str:
    """The beginning of a text from a file, for a message."""
    text = str(text)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing but space."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text(cell: Cell) -> str:
    """The text of a cell: composed Unicode, line breaks as \\n, no space around it. Raises CellError for invisible control
    characters, for what is no text and for what is too long."""
    match cell:
        case None:
            return ""
        case str():
            return _clean(without_mark(cell))
        case Unusable():
            raise CellError(cell.reason)
        case bool():
            return "ja" if cell else "nee"
        case int() | float():
            return _number_text(cell)
    raise CellError(_("The spreadsheet made a date or a time of this. Mark the cell as text and type it again."))


def line(cell: Cell) -> str:
    """The text of a cell as one line."""
    return " ".join(text(cell).split("\n"))


def lines(cell: Cell) -> list[str]:
    """The lines of a cell that hold something."""
    return [stripped for part in text(cell).split("\n") if (stripped := part.strip())]


def whole_number(cell: Cell) -> int | None:
    """A whole number, or None for an empty cell. A word behind it ("50 minuten") is no harm. Raises CellError."""
    plain = text(cell).lower()
    if not plain:
        return None
    found = re.fullmatch(r"(\d{1,9})(?:[.,]0+)?\s*(?:min(?:\.|uut|uten)?)?", plain)
    if not found:
        raise CellError(_("“%(value)s” is not a whole number.") % {"value": shortened(plain)})
    return int(found[1])


def yes_or_no(cell: Cell) -> bool:
    """Yes or no; an empty cell is no. Raises CellError."""
    plain = text(cell).lower()
    if plain not in YES | NO:
        raise CellError(_("“%(value)s” is neither “ja” nor “nee”.") % {"value": shortened(plain)})
    return plain in YES


def day(cell: Cell) -> date | None:
    """A date, or None for an empty cell: a date of the spreadsheet, or typed as 2026-11-05, 5-11-2026 or 5 november 2026.
    Raises CellError."""
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case int() | float() if not isinstance(cell, bool) and SERIAL_DATES[0] <= cell <= SERIAL_DATES[1]:
            found = from_excel(int(cell))
            return found.date() if isinstance(found, datetime) else None
    plain = text(cell).lower()
    if not plain:
        return None
    for form in DATE_FORMS:
        if match := form.fullmatch(plain):
            parts = match.groupdict()
            try:
                return date(int(parts["year"]), int(parts.get("month") or _month(parts["word"])), int(parts["day"]))
            except ValueError:
                break
    raise CellError(_("“%(value)s” is not a date. Write it as 5-11-2026.") % {"value": shortened(plain)})


def plain(value: Any) -> str:
    """A stored text in the form in which texts of cells are compared: what a spreadsheet can hold."""
    text = unicodedata.normalize("NFC", str(value or "")).replace("\r\n", "\n").replace("\r", "\n")
    return ILLEGAL_CHARACTERS_RE.sub("", text.replace("\t", " ")).strip()


def _clean(value: str) -> str:
    if len(value) > MAX_CELL:
        raise CellError(_("This text is longer than %(number)s characters.") % {"number": MAX_CELL})
    value = value.replace(WRITTEN_RETURN, "").replace("\r\n", "\n").replace("\r", "\n")
    if REFUSED.search(value):
        raise CellError(_("This text holds invisible control characters. Type it again."))
    return plain(value)


def _number_text(value: float) -> str:
    if not abs(value) < MAX_NUMBER:
        raise CellError(_("This number is too large."))
    return str(int(value)) if value == int(value) else str(value).replace(".", ",")


def _month(word: str) -> int:
    """The number of a month by its Dutch name or a short form of it; 0, which is no month, for another word."""
    word = {"mrt": "maart"}.get(word, word)
    return next((number for number, name in enumerate(MONTHS.split("|"), 1) if name.startswith(word)), 0)
