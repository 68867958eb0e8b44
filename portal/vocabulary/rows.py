"""Reading concepts from files: what a row may hold, and a clear message for each row that does not fit."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from portal.characters import REFUSED
from portal.vocabulary.models import CODE_PATTERN, Concept

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
MAX_TEXT = 20_000
LISTS = frozenset({"uris", "alt_labels", "hidden_labels"})
DATES = frozenset({"valid_from", "valid_until"})
YES_AND_NO = {"ja": True, "yes": True, "true": True, "1": True, "nee": False, "no": False, "false": False, "0": False}
SHOWN_PROBLEMS = 30


class UnreadableFileError(Exception):
    """A file cannot be used; `problems` says why, one message for each row that is wrong."""

    def __init__(self, *problems: str) -> None:
        more = len(problems) - SHOWN_PROBLEMS
        super().__init__("\n".join([*problems[:SHOWN_PROBLEMS], *([f"and {more} more"] if more > 0 else [])]))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept as a file describes it. `broader` is a code of the same scheme, or empty."""

    code: str
    label_nl: str
    notation: str = ""
    label_en: str = ""
    explanation: str = ""
    broader: str = ""
    subject_area: str = ""
    uris: tuple[str, ...] = ()
    alt_labels: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    verified: bool = True


KEYS = tuple(field.name for field in fields(ConceptRow))


def read_bytes(path: Path) -> bytes:
    """The contents of a file of at most `MAX_BYTES`; `UnreadableFileError` when it is missing, unreadable or larger."""
    try:
        with path.open("rb") as file:
            contents = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableFileError(f"{path}: {error.strerror or error}") from error
    if len(contents) > MAX_BYTES:
        raise UnreadableFileError(f"{path}: larger than {MAX_BYTES // 1024 // 1024} MB")
    return contents


def read_json(path: Path) -> Any:
    """What a JSON file holds; `UnreadableFileError` when it is not JSON in UTF-8."""
    try:
        return json.loads(read_bytes(path).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(f"{path}: not JSON in UTF-8 ({error})") from error


def read_scheme(path: Path) -> list[ConceptRow]:
    """The concepts of a data file: a JSON list of objects with the keys of `ConceptRow`."""
    items = read_json(path)
    if not isinstance(items, list):
        raise UnreadableFileError(f"{path}: expected a list of concepts")
    return _checked((f"{path.name}, concept {number}", item) for number, item in enumerate(items, start=1))


def read_csv(path: Path) -> list[ConceptRow]:
    """The concepts of a CSV file with a heading of keys of `ConceptRow`; `|` separates the items of a list.

    UTF-8 (with or without BOM) or else Windows-1252; separated by comma, semicolon or tab. A concept is unverified unless its
    row says otherwise.
    """
    contents = read_bytes(path)
    try:
        text = contents.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = contents.decode("cp1252", errors="replace")
    heading = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count), restval="", strict=True)
    try:
        names = reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
        if problems := _problems_of_heading(names):
            raise UnreadableFileError(*(f"{path}: {problem}" for problem in problems))
        rows = (cells for cells in reader if any(cells[name].strip() for name in names))
        return _checked((f"line {reader.line_num}", _from_cells(cells)) for cells in rows)
    except csv.Error as error:
        raise UnreadableFileError(f"{path}: not a CSV file ({error})") from error


def _problems_of_heading(names: Sequence[str]) -> list[str]:
    problems = [f"no column {name}" for name in ("code", "label_nl") if name not in names]
    problems += [f"unknown column {name!r:.60}; use {', '.join(KEYS)}" for name in names if name not in KEYS]
    if len(set(names)) < len(names):
        problems.append("a column stands twice in the heading")
    return problems


def _from_cells(cells: Mapping[str | None, Any]) -> dict[str | None, object]:
    """A row as a JSON file would have it. Cells beyond the heading stay under the key None, where `csv` puts them."""
    row: dict[str | None, object] = {"verified": False}
    for name, cell in cells.items():
        if name is None:
            row |= {name: cell} if any(cell) else {}
        elif name in LISTS:
            row[name] = [item.strip() for item in cell.split("|") if item.strip()]
        elif name == "verified":
            row[name] = YES_AND_NO.get(cell.strip().lower() or "no", cell)
        elif cell.strip():
            row[name] = cell.strip()
    return row


def _checked(items: Iterable[tuple[str, object]]) -> list[ConceptRow]:
    """The rows of (place, contents); all problems of all rows together in one `UnreadableFileError`."""
    rows: list[ConceptRow] = []
    problems: list[str] = []
    for number, (place, item) in enumerate(items, start=1):
        if number > MAX_ROWS:
            raise UnreadableFileError(f"more than {MAX_ROWS} concepts")
        if found := _problems_of_row(item):
            problems += [f"{place}: {problem}" for problem in found]
        elif isinstance(item, Mapping):
            rows.append(_row(item))
    problems += [f"code {code!r} stands twice" for code, times in Counter(row.code for row in rows).items() if times > 1]
    if problems:
        raise UnreadableFileError(*problems)
    return rows


def _problems_of_row(item: object) -> list[str]:
    if not isinstance(item, Mapping):
        return ["not an object with keys and values"]
    if None in item:
        return ["more cells than the heading has columns"]
    problems = [f"unknown key {key!r:.60}" for key in item if key not in KEYS]
    problems += [f"{key} is empty" for key in ("code", "label_nl") if not str(item.get(key) or "").strip()]
    for key in set(item) & set(KEYS):
        problems += [f"{key}: {problem}" for problem in _problems_of_value(key, item[key])]
    if not problems and not re.match(CODE_PATTERN, item["code"]):
        problems.append(f"code {item['code']!r:.100}: use lower-case letters, digits and single hyphens")
    return problems


def _problems_of_value(key: str, value: object) -> list[str]:
    if key == "verified":
        return [] if isinstance(value, bool) else [f"expected yes or no, not {value!r:.60}"]
    if key in LISTS:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            return ["expected a list of texts"]
        texts = value
    elif isinstance(value, str):
        texts = [value]
    else:
        return ["expected a text"]
    limit = getattr(Concept._meta.get_field(key), "max_length", None) or MAX_TEXT
    problems = [f"longer than {limit} characters" for text in texts if len(text) > limit]
    problems += ["holds a control character" for text in texts if REFUSED.search(text)]
    if key == "uris":
        problems += [f"{text!r:.100} is not a web address" for text in texts if not text.startswith(("https://", "http://"))]
    if key in DATES and not problems:
        try:
            date.fromisoformat(texts[0])
        except ValueError:
            problems.append(f"{texts[0]!r} is not a date like 2026-08-01")
    return problems


def _row(item: Mapping[str, Any]) -> ConceptRow:
    values: dict[str, Any] = dict(item)
    for key in LISTS & set(values):
        values[key] = tuple(values[key])
    for key in DATES & set(values):
        values[key] = date.fromisoformat(values[key])
    return ConceptRow(**values)
