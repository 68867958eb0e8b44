"""The file that somebody hands in: what it may be, and its table behind a heading."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from lessons.imports.cells import SourceRow, Table, TableError
from lessons.imports.layout import HEADING_ROWS, Heading, known_names, read_heading
from lessons.imports.sheets import xlsx_table
from lessons.imports.texts import csv_table
from portal.media.documents import CheckedDocument, check_document
from portal.media.names import extension_of
from portal.media.signatures import HEAD, kind_of

EXTENSIONS = frozenset({"xlsx", "csv"})
MAX_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is being read: its heading, the rows below it (once), how many they are, and merged cells by row."""

    heading: Heading
    rows: Iterator[SourceRow]
    total: int
    merges: dict[int, str]


def check_upload(file: File) -> CheckedDocument:
    """The file when it is an XLSX or CSV file that may be read, of at most 20 MB. Raises ValidationError."""
    if extension_of(file.name or "") not in EXTENSIONS:
        raise ValidationError(_("Choose an XLSX or CSV file."), code="not_a_table")
    file.seek(0)
    if kind_of(file.read(HEAD)) == "old-office":
        raise ValidationError(
            _("This spreadsheet is locked with a password or in an old form. Save it as XLSX without a password."),
            code="old_office",
        )
    return check_document(file)


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """The table of a checked file. Raises TableError when it has no heading or too many rows, and while it is read."""
    with _table(path) as table:
        heading = None
        above = 0
        for row in islice(table.rows, HEADING_ROWS):
            above += 1
            if heading := read_heading(row.number, row.cells):
                break
        if heading is None:
            raise TableError(_("This table has no column “Titel”. Use the template."))
        total = table.total - above
        if total > MAX_ROWS:
            raise TableError(
                _("This table has %(rows)s rows; at most %(most)s fit in an import.") % {"rows": total, "most": MAX_ROWS}
            )
        yield Source(heading, table.rows, total, table.merges)


def _table(path: Path) -> AbstractContextManager[Table]:
    return xlsx_table(path) if path.suffix.lower() == ".xlsx" else csv_table(path, known_names)
