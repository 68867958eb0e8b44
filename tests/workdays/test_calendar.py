"""Working days, national days and school holidays."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.workdays.calendar import (
    Calendar,
    HolidaysUnknownError,
    add_workdays,
    all_calendars,
    holidays_of,
    is_workday,
    national_day,
    school_year_of,
)
from portal.workdays.dashboard import HolidaysPanel
from portal.workdays.loading import HolidayFileError, load_holidays
from portal.workdays.models import SchoolHoliday
from portal.workdays.regions import region_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
HEADER = "regio;vakantie;schooljaar;van;tot en met\n"


@pytest.fixture
def examples() -> None:
    call_command("load_holidays", verbosity=0)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2026, 11, 22), False),
        (date(2027, 4, 27), False),
        (date(2026, 5, 5), True),
        (date(2025, 5, 5), False),
    ],
)
def test_national_days_and_weekends_are_no_working_days(day: date, works: bool) -> None:
    assert is_workday(day) is works


def test_national_days_have_a_dutch_name() -> None:
    assert national_day(date(2027, 4, 27)) == "Koningsdag"
    assert national_day(date(2027, 4, 28)) == ""


def test_working_days_are_counted_over_weekends_and_national_days() -> None:
    assert add_workdays(date(2026, 12, 24), 1) == date(2026, 12, 28)
    assert add_workdays(date(2026, 12, 28), -1) == date(2026, 12, 24)
    assert add_workdays(date(2026, 12, 26), 0) == date(2026, 12, 28)
    assert add_workdays(date(2026, 11, 23), 5) == date(2026, 11, 30)


def test_with_a_region_school_holidays_do_not_count(examples: None) -> None:
    assert add_workdays(date(2026, 12, 18), 1, "noord") == date(2027, 1, 4)
    assert add_workdays(date(2026, 10, 9), 1, "noord") == date(2026, 10, 19)
    assert add_workdays(date(2026, 10, 9), 1, "zuid") == date(2026, 10, 12)


def test_a_question_beyond_the_table_is_never_guessed(examples: None) -> None:
    assert [holiday.kind for holiday in holidays_of("zuid", 2026)] == ["herfst", "kerst", "voorjaar", "mei", "zomer"]
    with pytest.raises(HolidaysUnknownError, match="2028"):
        holidays_of("zuid", 2028)
    with pytest.raises(HolidaysUnknownError):
        add_workdays(date(2027, 7, 23), 30, "zuid")
    with pytest.raises(HolidaysUnknownError):
        Calendar("zuid").is_workday(date(2025, 8, 11))


def test_a_year_of_which_one_holiday_is_missing_is_not_known(examples: None) -> None:
    assert Calendar("noord").knows(date(2026, 11, 22))
    SchoolHoliday.objects.get(region="noord", school_year=2026, kind="mei").delete()
    assert not Calendar("noord").knows(date(2026, 11, 22))


def test_a_summer_holiday_reaches_into_the_next_school_year(examples: None) -> None:
    assert school_year_of(date(2026, 7, 31)) == 2025
    assert school_year_of(date(2026, 8, 1)) == 2026
    assert Calendar("midden").is_holiday(date(2026, 8, 30))
    assert not Calendar("midden").is_holiday(date(2026, 8, 31))


def test_all_regions_cost_one_query(examples: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert [len(calendar.holidays) for calendar in all_calendars()] == [10, 10, 10]


def test_examples_are_marked_and_never_replace_what_an_editor_put_there(tmp_path: Path) -> None:
    path = tmp_path / "vakanties.csv"
    path.write_text(HEADER + "noord;herfst;2026;2026-10-12;2026-10-16\n")
    assert load_holidays(path) == (1, 0)
    call_command("load_holidays", verbosity=0)
    mine = SchoolHoliday.objects.get(region="noord", kind="herfst", school_year=2026)
    assert (mine.first_day, mine.is_example) == (date(2026, 10, 12), False)
    assert SchoolHoliday.objects.filter(is_example=True).count() == 29
    assert load_holidays(path) == (0, 0)


def test_official_dates_replace_examples(examples: None, tmp_path: Path) -> None:
    path = tmp_path / "vakanties.csv"
    path.write_text(HEADER + "noord;herfst;2026;2026-10-10;2026-10-18\n")
    assert load_holidays(path) == (0, 1)
    assert not SchoolHoliday.objects.get(region="noord", kind="herfst", school_year=2026).is_example


def test_an_export_speaks_dutch_and_can_be_loaded_again(examples: None, client: Client, tmp_path: Path) -> None:
    client.force_login(UserFactory(is_superuser=True))
    lines = client.get("/admin/school_holidays/?export=csv").getvalue().decode().splitlines()  # type: ignore[attr-defined]
    autumn = next(line for line in lines if line.startswith("Noord,Herfstvakantie,2026,"))
    assert autumn.endswith(",Ja")
    path = tmp_path / "vakanties.csv"
    path.write_text(HEADER + ";".join(autumn.split(",")[:5]))
    assert load_holidays(path) == (0, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\1\2",
        "é;x\n".encode("latin-1"),
        b"regio,vakantie\nnoord,herfst\n",
        *(
            (HEADER + "zuid;herfst;2026;2026-10-10;2026-10-18\n" + row).encode()
            for row in (
                "oost;herfst;2026;2026-10-10;2026-10-18\n",
                "noord;herfst;2026;10-10-2026;2026-10-18\n",
                "noord;herfst;2026;2026-10-18;2026-10-10\n",
                "noord;herfst;2020;2026-10-10;2026-10-18\n",
                "noord;herfst;veel;2026-10-10;2026-10-18\n",
                "noord;herfst;2026\n",
            )
        ),
    ],
)
def test_a_wrong_file_changes_nothing(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "vakanties.csv"
    path.write_bytes(content)
    with pytest.raises(HolidayFileError):
        load_holidays(path)
    with pytest.raises(CommandError):
        call_command("load_holidays", path)
    assert not SchoolHoliday.objects.exists()


def test_the_table_refuses_days_of_another_school_year() -> None:
    holiday = SchoolHoliday(
        region="noord", kind="herfst", school_year=2026, first_day=date(2027, 10, 1), last_day=date(2027, 10, 8)
    )
    with pytest.raises(ValidationError):
        holiday.full_clean()


def test_editors_are_warned_of_what_is_missing_and_of_examples() -> None:
    panel = HolidaysPanel()
    missing = len(panel.rows(None))
    assert missing in (3, 6)
    today = date.today()
    SchoolHoliday.objects.create(
        region="noord", kind="herfst", school_year=school_year_of(today), first_day=today, last_day=today, is_example=True
    )
    rows = panel.rows(None)
    assert len(rows) == missing + 1
    assert all(row.alarm for row in rows)


@pytest.mark.parametrize(
    ("province", "municipality", "region"),
    [
        *(("fryslan", "0080", "noord"), ("zuid-holland", "0518", "midden"), ("limburg", "0935", "zuid")),
        *(("gelderland", "0202", "zuid"), ("gelderland", "0281", "midden"), ("gelderland", "0244", "noord")),
        *(("utrecht", "0344", "midden"), ("utrecht", "0317", "noord"), ("", "", None), ("", "0202", "zuid")),
    ],
)
def test_regions(province: str, municipality: str, region: str | None) -> None:
    assert region_of(province, municipality) == region


@pytest.mark.parametrize("municipality", ["0263", "0668", "0297"])
def test_the_south_of_gelderland_is_whole(municipality: str) -> None:
    """Maasdriel, West Maas en Waal and Zaltbommel, between the rivers."""
    assert region_of("gelderland", municipality) == "zuid"


@pytest.mark.parametrize(
    ("province", "municipality", "place", "region"),
    [
        *(
            ("utrecht", "0736", "Abcoude", "noord"),
            ("utrecht", "0736", "BAAMBRUGGE", "noord"),
            ("utrecht", "0736", "Mijdrecht", "midden"),
        ),
        *(("gelderland", "1740", "Ochten", "zuid"), ("gelderland", "1740", "Kesteren", "midden")),
        *(("noord-brabant", "1959", "Hank", "zuid"), ("noord-brabant", "1959", "Woudrichem", "midden")),
        # A place of that name elsewhere is another one.
        ("zuid-holland", "0518", "Hank", "midden"),
    ],
)
def test_places_that_differ_from_their_municipality(province: str, municipality: str, place: str, region: str) -> None:
    assert region_of(province, municipality, place) == region
