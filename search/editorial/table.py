"""Synonyms as a CSV file: one group a row, its wordings separated by commas, and a note."""

import csv
import io

from django.db import transaction
from django.utils.translation import gettext as _

from portal.spreadsheets import with_mark, without_mark
from portal.stamps.models import bump
from search.editorial.lookup import STAMP
from search.models import SynonymGroup

HEADER = ("woorden", "toelichting")
MAX_BYTES = 1_000_000
MAX_ROWS = 5_000
# Characters in a cell, of each column.
LONGEST = (600, 200)


class TableError(ValueError):
    """A file that cannot be taken in; `problems` has a line for each thing that is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def write_table() -> str:
    """All groups as CSV; a cell that a spreadsheet would run is led by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADER)
    for group in SynonymGroup.objects.all():
        writer.writerow([with_mark(group.words), with_mark(group.note)])
    return "\ufeff" + out.getvalue()


def read_table(raw: bytes) -> list[SynonymGroup]:
    """The groups of a file, checked but not saved. Raises TableError with every problem."""
    if len(raw) > MAX_BYTES:
        raise TableError([_("This file is larger than 1 MB.")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise TableError([_("This is no CSV file.")])
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    problems, groups = [], []
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:
        raise TableError([_("This is no CSV file.")]) from None
    if len(rows) > MAX_ROWS:
        raise TableError([_("This file has more than %(number)s rows.") % {"number": MAX_ROWS}])
    for number, row in enumerate(rows, 1):
        cells = [without_mark(cell.strip()).strip() for cell in row] + ["", ""]
        if (number == 1 and cells[0].lower() == HEADER[0]) or not any(cells):
            continue
        group = SynonymGroup(words=cells[0], note=cells[1])
        found = _problems(group, number)
        problems += found
        if not found:
            group.words = ", ".join(group.members())
            groups.append(group)
    if problems:
        raise TableError(problems)
    return groups


def _problems(group: SynonymGroup, number: int) -> list[str]:
    """What is wrong with the row of this number."""
    found = [
        _("Row %(number)s: “%(column)s” is longer than %(length)s characters.")
        % {"number": number, "column": column, "length": length}
        for column, text, length in zip(HEADER, (group.words, group.note), LONGEST, strict=True)
        if len(text) > length
    ]
    if len(group.members()) < 2:
        found.append(_("Row %(number)s: give at least two wordings, separated by commas.") % {"number": number})
    return found


def replace_all(groups: list[SynonymGroup]) -> tuple[int, int]:
    """Make the table equal to these groups, all or nothing; returns how many came and how many went. Again changes nothing."""
    wanted = {group.words: group for group in groups}
    with transaction.atomic():
        present = {group.words: group for group in SynonymGroup.objects.all()}
        gone = [group.pk for words, group in present.items() if words not in wanted]
        new = [group for words, group in wanted.items() if words not in present]
        renamed = [group for words, group in present.items() if words in wanted and group.note != wanted[words].note]
        for group in renamed:
            group.note = wanted[group.words].note
        SynonymGroup.objects.filter(pk__in=gone).delete()
        SynonymGroup.objects.bulk_create(new)
        SynonymGroup.objects.bulk_update(renamed, ["note"])
        if gone or new or renamed:
            bump(STAMP)
    return len(new), len(gone)
