"""School holidays from a CSV file with the columns regio, vakantie, schooljaar, van, tot en met: all rows or none."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices

from portal.workdays.enums import HolidayKind, HolidayRegion
from portal.workdays.models import SchoolHoliday

EXAMPLES = Path(__file__).parent / "demo" / "vakanties.csv"
COLUMNS = {"regio": "region", "vakantie": "kind", "schooljaar": "school_year", "van": "first_day", "tot en met": "last_day"}
KEY = ("region", "kind", "school_year")
MAX_ROWS = 1_000


class HolidayFileError(Exception):
    """The file cannot be loaded; the message names the row and what is wrong."""


def load_holidays(path: Path, *, example: bool = False) -> tuple[int, int]:
    """Bring the rows of a file into the table. Returns how many are new and how many changed. Raises HolidayFileError.

    An `example` fills gaps alone: it never replaces what an editor put there.
    """
    created = changed = 0
    with transaction.atomic():
        for number, row in enumerate(_rows(path), 2):
            wanted = _holiday(number, row)
            wanted.is_example = example
            known = SchoolHoliday.objects.filter(**{name: getattr(wanted, name) for name in KEY}).first()
            if known is None:
                wanted.save()
                created += 1
            elif not example and _facts(known) != _facts(wanted):
                wanted.pk = known.pk
                wanted.save()
                changed += 1
    return created, changed


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines(), delimiter=";", strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise HolidayFileError(f"{path.name}: this is no CSV file in UTF-8 ({error})") from error
    if not rows or set(rows[0]) != set(COLUMNS) or len(rows) > MAX_ROWS:
        raise HolidayFileError(f"{path.name}: the first row has to be {';'.join(COLUMNS)}, with at most {MAX_ROWS} rows below it")
    return rows


def _holiday(number: int, row: dict[str, str]) -> SchoolHoliday:
    values: dict[str, Any] = {field: (row.get(column) or "").strip() for column, field in COLUMNS.items()}
    for name, choices in (("region", HolidayRegion), ("kind", HolidayKind)):
        values[name] = _code(values[name], choices)
    try:
        values["school_year"] = int(values["school_year"])
        for name in ("first_day", "last_day"):
            values[name] = date.fromisoformat(values[name])
        holiday = SchoolHoliday(**values)
        holiday.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise HolidayFileError(f"{number}: {' '.join(error.messages)}") from error
    except ValueError as error:
        raise HolidayFileError(f"{number}: {error}") from error
    return holiday


def _code(value: str, choices: type[TextChoices]) -> str:
    """The code of what stands in an export by its name; anything else as it is."""
    return next((str(choice.value) for choice in choices if str(choice.label).lower() == value.lower()), value)


def _facts(holiday: SchoolHoliday) -> tuple[Any, ...]:
    return holiday.first_day, holiday.last_day, holiday.is_example
