"""Working days and holidays. National days come from the library `holidays`; school holidays from the table that editors keep.

A question about school holidays beyond what is in that table raises `HolidaysUnknownError`: an answer would be a guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from holidays import HolidayBase, country_holidays

from portal.workdays.enums import HolidayKind, HolidayRegion
from portal.workdays.models import SchoolHoliday

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class HolidaysUnknownError(LookupError):
    """The table of school holidays does not reach this day; the message names region and school year."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A school holiday, first and last day included. `is_example`: nobody compared it with the official dates yet."""

    kind: HolidayKind
    school_year: int
    first_day: date
    last_day: date
    is_example: bool

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


class Calendar:
    """The holidays of one region, read once: one query, and none when its rows are given."""

    def __init__(self, region: HolidayRegion | str, rows: Iterable[SchoolHoliday] | None = None) -> None:
        self.region = HolidayRegion(region)
        if rows is None:
            rows = SchoolHoliday.objects.filter(region=self.region).order_by("first_day")
        self.holidays = tuple(
            Holiday(HolidayKind(row.kind), row.school_year, row.first_day, row.last_day, row.is_example) for row in rows
        )
        kinds: dict[int, set[HolidayKind]] = {}
        for holiday in self.holidays:
            kinds.setdefault(holiday.school_year, set()).add(holiday.kind)
        self.years = frozenset(year for year, found in kinds.items() if found == set(HolidayKind))

    def knows(self, day: date) -> bool:
        """Whether the table is complete for this day."""
        return _years_of(day) <= self.years

    def of_year(self, year: int) -> tuple[Holiday, ...]:
        """The holidays of the school year that begins in `year`. Raises HolidaysUnknownError."""
        self._check({year})
        return tuple(holiday for holiday in self.holidays if holiday.school_year == year)

    def is_holiday(self, day: date) -> bool:
        """Whether schools are closed on this day. Raises HolidaysUnknownError."""
        self._check(_years_of(day))
        return any(day in holiday for holiday in self.holidays)

    def is_workday(self, day: date) -> bool:
        """A weekday that is neither national day nor school holiday. Raises HolidaysUnknownError."""
        return is_workday(day) and not self.is_holiday(day)

    def _check(self, years: set[int]) -> None:
        missing = sorted(years - self.years)
        if missing:
            raise HolidaysUnknownError(f"school holidays of {self.region}, {missing[0]}-{missing[0] + 1}")


def national_day(day: date) -> str:
    """The Dutch name of the national day on this date, or nothing."""
    return str(_national(day.year).get(day, ""))


def is_workday(day: date) -> bool:
    """Whether offices work on this day: a weekday that is no national day."""
    return day.weekday() < SATURDAY and day not in _national(day.year)


def add_workdays(day: date, number: int, region: HolidayRegion | str | None = None) -> date:
    """The working day `number` of them after `day` (before it, when negative); with a region, school holidays do not count.

    With 0 it is the day itself when it is a working day, else the next one. Raises HolidaysUnknownError.
    """
    works = is_workday if region is None else Calendar(region).is_workday
    step = -ONE_DAY if number < 0 else ONE_DAY
    left = abs(number)
    while left or not works(day):
        day += step
        left -= bool(left) and works(day)
    return day


def holidays_of(region: HolidayRegion | str, year: int) -> tuple[Holiday, ...]:
    """The school holidays of a region in the school year that begins in `year`. Raises HolidaysUnknownError."""
    return Calendar(region).of_year(year)


def all_calendars() -> tuple[Calendar, ...]:
    """The calendars of all regions: one query."""
    rows = list(SchoolHoliday.objects.order_by("first_day"))
    return tuple(Calendar(region, [row for row in rows if row.region == region]) for region in HolidayRegion)


def school_year_of(day: date) -> int:
    """The year in which the school year of this day begins: on 1 August."""
    return day.year if day.month >= 8 else day.year - 1


def _years_of(day: date) -> set[int]:
    """The school years whose holidays may touch this day: in August and September also the summer holiday of the last one."""
    year = school_year_of(day)
    return {year, year - 1} if day.month in (8, 9) else {year}


@lru_cache(maxsize=32)
def _national(year: int) -> HolidayBase:
    return country_holidays("NL", years=year, language="nl", expand=False)
