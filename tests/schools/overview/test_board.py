"""The page of a board: its schools and nobody else's, compared only where nobody can be recognised, and as a spreadsheet."""

import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from portal.content.models import HomePage
from portal.spreadsheets import FORMULA_STARTS
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import Vocabulary
from portal.vocabulary.models import Concept
from schools.enums import NeedAction, Role
from schools.models import Board, Scan, School, SupportNeed
from schools.needs.services import add_need
from schools.needs.workflow import transition
from schools.overview.comparison import LEAST_BOARDS, compare
from schools.overview.export import write_board
from schools.overview.figures import school_rows, summary
from tests.schools.making import a_board, a_school
from tests.schools.people import a_member, signed_in


def a_need(school: School, *, domain: str = "visie", days: int = 0, what: str = "Hulp") -> SupportNeed:
    """A need written down so many days ago."""
    concept = Concept.objects.get(scheme=Scheme.WSA, code=domain)
    need = add_need(school=school, actor=None, values={"what": what, "domain": concept})
    SupportNeed.objects.filter(pk=need.pk).update(created_at=timezone.now() - timedelta(days=days))
    return need


def a_school_in(sector: str, code: str, board: Board) -> School:
    school = a_school(code, board=board)
    school.sectors = list(Concept.objects.filter(scheme=Scheme.SECTOR, code=sector))
    school.save()
    return school


@pytest.fixture
def board(site: HomePage) -> Board:
    return a_board("11111")


def others(number: int, sector: str = "po", domain: str = "visie") -> None:
    """So many boards with a school that needs something."""
    for index in range(number):
        other = a_board(f"2222{index}")
        a_need(a_school_in(sector, f"22{'ABCDEFGH'[index]}B00", other), domain=domain, days=100)


def test_figures_of_the_schools(board: Board) -> None:
    busy, quiet = a_school("11AA00", board=board), a_school("11AA01", board=board)
    a_school("11AA02", board=board, status="closed")
    a_need(a_school("99ZZ00"))
    a_need(busy, days=3)
    a_need(busy, days=40)
    transition(a_need(busy, days=400), NeedAction.MEET, actor=None)
    a_need(quiet, days=200)
    Scan.objects.create(school=quiet, finished_at=timezone.now(), result={"visie": 80})
    rows = {row.school.code: row for row in school_rows(board)}
    assert set(rows) == {"11AA00", "11AA01"}
    assert (rows["11AA00"].pending, rows["11AA00"].met, rows["11AA00"].oldest_days) == (2, 1, 40)
    assert (rows["11AA01"].scanned, rows["11AA00"].scanned) == (True, False)
    total = summary(board, list(rows.values()))
    assert (total.schools, total.scanned, total.pending, total.met, total.ages) == (2, 1, 3, 1, (1, 1, 1))


def test_the_page_shows_them_and_leads_to_them(board: Board) -> None:
    school = a_school("11AA00", board=board, name="De Regenboog")
    a_need(school)
    client = signed_in(a_member(board, Role.BOARD).user)
    html = client.get("/mijn-bestuur/11111/").content.decode()
    assert "De Regenboog" in html
    assert 'href="/mijn-school/11aa00/"' in html
    assert client.get("/mijn-school/11aa00/").status_code == 200


def test_compared_with_five_other_boards_and_not_with_four(board: Board) -> None:
    a_need(a_school_in("po", "11AA00", board), domain="omgeving", days=100)
    a_need(a_school_in("po", "11AA01", board), domain="visie", days=1)
    others(LEAST_BOARDS - 1)
    assert compare(board) is None
    a_need(a_school_in("po", "33CC00", a_board("33333")), domain="omgeving", days=1)
    found = compare(board)
    assert found
    assert (found.boards, found.schools) == (5, 5)
    shares = {domain.code: share for domain, share in found.domains}
    assert (shares["visie"].ours, shares["visie"].theirs) == (50, 80)
    assert (shares["omgeving"].ours, shares["omgeving"].theirs) == (50, 20)
    assert (found.long_open.ours, found.long_open.theirs) == (50, 80)


def test_one_board_with_many_schools_is_still_one(board: Board) -> None:
    a_need(a_school_in("po", "11AA00", board))
    large = a_board("33333")
    for number in range(10):
        a_need(a_school_in("po", f"33CC{number:02}", large))
    assert compare(board) is None


def test_schools_of_another_sector_or_without_needs_are_not_similar(board: Board) -> None:
    a_need(a_school_in("po", "11AA00", board))
    others(LEAST_BOARDS, sector="vo")
    for number in range(LEAST_BOARDS):
        a_school_in("po", f"33CC{number:02}", a_board(f"3333{number}"))
    assert compare(board) is None


def test_who_takes_no_part_sees_no_comparison(board: Board) -> None:
    a_school_in("po", "11AA00", board)
    others(LEAST_BOARDS)
    assert compare(board) is None
    client = signed_in(a_member(board, Role.BOARD).user)
    assert "<thead>" in client.get("/mijn-bestuur/11111/").content.decode()


@pytest.mark.parametrize("start", sorted(FORMULA_STARTS))
def test_no_cell_of_the_spreadsheet_is_a_formula(start: str, vocabulary: Vocabulary) -> None:
    board = a_board("11111")
    text = f'{start}HYPERLINK("http://kwaad.example")'
    a_need(a_school("11AA00", board=board, name=text), what=text)
    file = BytesIO()
    write_board(file, board)
    cells = [cell for sheet in load_workbook(file).worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if str(cell.value or "")[:1] in FORMULA_STARTS] == []
    assert sum("kwaad" in str(cell.value) for cell in cells) == 3
    assert b"<f>" not in b"".join(zipfile.ZipFile(file).read(name) for name in zipfile.ZipFile(file).namelist())


def test_characters_that_a_spreadsheet_cannot_hold_are_left_out(vocabulary: Vocabulary) -> None:
    board = a_board("11111")
    a_need(a_school("11AA00", board=board), what="Hulp\x0b met\x1f afval")
    file = BytesIO()
    write_board(file, board)
    assert "Hulp met afval" in [cell.value for row in load_workbook(file).worksheets[1].iter_rows() for cell in row]


def test_the_spreadsheet_comes_with_a_name(board: Board) -> None:
    a_need(a_school("11AA00", board=board))
    answer = signed_in(a_member(board, Role.BOARD).user).get("/mijn-bestuur/11111/scholen.xlsx")
    assert answer["Content-Disposition"].startswith('attachment; filename="bestuur-11111-')
    assert answer["Cache-Control"] == "private, no-store"
    book = load_workbook(BytesIO(answer.content))
    assert [sheet.max_row for sheet in book.worksheets] == [2, 2]


def many(board: Board, number: int) -> None:
    """So many schools with two needs each."""
    visie = Concept.objects.get(scheme=Scheme.WSA, code="visie")
    schools = School.objects.bulk_create(
        School(code=f"{10 + index // 100}ZZ{index % 100:02}", name=f"School {index}", board=board) for index in range(number)
    )
    SupportNeed.objects.bulk_create(
        SupportNeed(school=school, number=turn, what="Hulp", domain=visie) for school in schools for turn in (1, 2)
    )
    Scan.objects.bulk_create(Scan(school=school, finished_at=timezone.now(), result={"visie": 50}) for school in schools)


@pytest.mark.parametrize("number", [1, 200])
def test_two_hundred_schools_cost_as_many_queries_as_one(
    number: int, board: Board, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many(board, number)
    others(LEAST_BOARDS)
    client = signed_in(a_member(board, Role.BOARD).user)
    client.get("/mijn-bestuur/11111/")
    with django_assert_max_num_queries(16) as queries:
        answer = client.get("/mijn-bestuur/11111/")
    assert answer.content.decode().count("/mijn-school/") >= number
    _same(queries, "board", number)
    with django_assert_max_num_queries(9):
        client.get("/mijn-bestuur/11111/scholen.xlsx")


_counts: dict[str, dict[int, int]] = {}


def _same(queries: Any, page: str, number: int) -> None:
    """Both sizes ask the database as often; whichever ran first has left its count."""
    counts = _counts.setdefault(page, {})
    counts[number] = len(queries)
    assert len(set(counts.values())) == 1, counts


@pytest.mark.parametrize("needs", [1, 30])
def test_the_page_of_a_school_costs_as_many_queries_with_many_needs(
    needs: int, board: Board, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    school = a_school("11AA00", board=board)
    for turn in range(needs):
        a_need(school, what=f"Hulp bij iets {turn}")
    Scan.objects.create(school=school, finished_at=timezone.now(), result={"visie": 50})
    client = signed_in(a_member(school, Role.COORDINATOR).user)
    client.get("/mijn-school/11aa00/")
    with django_assert_max_num_queries(16) as queries:
        assert client.get("/mijn-school/11aa00/").status_code == 200
    _same(queries, "school", needs)
