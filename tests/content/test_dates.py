"""The site writes dates one way."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

LONG = Template("{% load dates %}{{ day|long_date }}")
SHORT = Template("{% load dates %}{{ day|short_date }}")


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 12, 8), "di 8 december 2026", "8 dec 2026"),
        (date(2028, 2, 29), "di 29 februari 2028", "29 feb 2028"),
        # Stored in UTC, read in the Netherlands: there it is a day later already.
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), "wo 1 juli 2026", "1 jul 2026"),
        (None, "", ""),
    ],
)
def test_dates_are_written_in_dutch(day: date | None, long: str, short: str) -> None:
    assert LONG.render(Context({"day": day})) == long
    assert SHORT.render(Context({"day": day})) == short
