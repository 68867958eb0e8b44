"""The public pages of schools and boards."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.content.models import HomePage
from portal.vocabulary.models import Concept
from schools.models import School
from tests.schools.making import a_board, a_school

pytestmark = pytest.mark.django_db


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    assert not response.cookies
    return response.content.decode()


def test_a_school_and_its_board_have_a_page(client: Client) -> None:
    school = a_school("99ZZ01", name="De Één")
    assert school.get_absolute_url() == "/scholen/99zz01/"
    assert "De Één" in text(client, "/scholen/99zz01/")
    assert "De Één" in text(client, school.board.get_absolute_url())
    assert "De Één" in text(client, "/scholen/")


def test_the_address_of_a_school_is_in_lower_case(client: Client) -> None:
    a_school("99ZZ01")
    assert client.get("/scholen/99ZZ01/")["Location"] == "/scholen/99zz01/"


@pytest.mark.parametrize("path", ["/scholen/99zz09/", "/scholen/zz9900/", "/besturen/90009/", "/besturen/x/"])
def test_what_is_not_in_the_register_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("words", ["één", "EEN", "zand", "heeren", "99zz", "stichting x een", "ammer"])
def test_a_school_is_found_by_words(client: Client, words: str) -> None:
    a_school(
        "99ZZ01", name="De Één", board=a_board("90002", name="Stichting X"), place="'s-Heerendorp", municipality="Hammerzand"
    )
    a_school("99ZY01", name="De Twee", board=a_board("90003", name="Ypsilon"), place="Elders")
    page = text(client, f"/scholen/?{urlencode({'q': words})}")
    assert "De Één" in page
    assert "De Twee" not in page


def test_short_words_are_found_where_words_begin(client: Client) -> None:
    a_school("99ZZ01", name="Parkschool")
    assert "Parkschool" not in text(client, "/scholen/?q=ark")
    assert "Parkschool" in text(client, "/scholen/?q=park")


def test_schools_of_a_province(client: Client) -> None:
    call_command("load_vocabulary", verbosity=0)
    a_school("99ZZ01", name="De Één", province=Concept.objects.get(scheme="province", code="fryslan"))
    a_school("99ZZ02", name="De Twee", province=Concept.objects.get(scheme="province", code="zeeland"))
    page = text(client, "/scholen/?provincie=fryslan")
    assert "De Één" in page
    assert "De Twee" not in page
    assert "De Twee" in text(client, "/scholen/?provincie=atlantis")


def test_closed_schools_are_not_listed_and_keep_their_page(client: Client) -> None:
    school = a_school("99ZZ01", name="De Één", status="closed", closed_on=date(2026, 8, 1))
    assert "De Één" not in text(client, "/scholen/")
    assert "De Één" not in text(client, school.board.get_absolute_url())
    assert "1 augustus 2026" in text(client, "/scholen/99zz01/")


def test_a_long_list_has_pages(client: Client) -> None:
    board = a_board()
    for number in range(51):
        a_school(f"99ZZ{number:02}", name=f"School {number:02}", board=board)
    first, last = text(client, "/scholen/?q=school"), text(client, "/scholen/?q=school&page=2")
    assert "School 49" in first
    assert "School 50" not in first
    assert "?q=school&amp;page=2" in first
    assert "School 50" in last
    assert "?q=school&amp;page=1" in last


@pytest.mark.parametrize(
    "query",
    [
        *(
            "page=99999999999999999999",
            "page=abc",
            "page=-1",
            "page=٣",
            "q=%27%22%3Cb%3E",
            "q=%25_%5C",
            "q=%F0%9F%8C%B1",
            "q=%ED%A0%80",
        ),
        *("q=" + "a+" * 3_000, "provincie=%E2%80%AE", "provincie=fryslan&provincie=zeeland", "q=" + "x" * 5_000),
    ],
)
def test_hostile_questions_are_answered(client: Client, query: str) -> None:
    a_school()
    assert "<b>" not in text(client, f"/scholen/?{query}")
    assert "<main" in text(client, f"/besturen/90001/?{query}")


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_does_not_grow(
    number: int, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    board = a_board()
    for each in range(number):
        a_school(f"99ZZ{each:02}", board=board)
    for address, most in {"/scholen/": 9, "/scholen/99zz00/": 13, "/besturen/90001/": 10}.items():
        text(client, address)
        with django_assert_max_num_queries(most):
            text(client, address)


def test_the_region_follows_from_the_municipality_unless_an_editor_chose(client: Client) -> None:
    call_command("load_vocabulary", verbosity=0)
    gelderland = Concept.objects.get(scheme="province", code="gelderland")
    school = a_school("99ZZ01", province=gelderland, municipality_code="0202")
    assert school.holiday_region == "zuid"
    school.municipality_code = "0281"
    assert school.holiday_region == "midden"
    school.own_holiday_region = "noord"
    assert school.holiday_region == "noord"
    assert School(code="99ZZ02").holiday_region is None


def test_the_place_of_a_board_is_not_that_of_its_schools(client: Client) -> None:
    a_school("99ZZ01", name="De Één", board=a_board("90002", place="Hammerveld"))
    assert "De Één" not in text(client, "/scholen/?q=hammerveld")


def test_the_first_page_leads_to_schools_and_advisers(client: Client, site: HomePage) -> None:
    page = text(client, "/")
    form = page[page.index('aria-labelledby="find-school"') :]
    assert 'action="/scholen/"' in form
    assert 'name="q"' in form
    assert 'href="/makelaars/"' in form


@pytest.mark.parametrize("path", ["/", "/scholen/", "/zoeken/", "/bestaat-niet/"])
def test_the_foot_of_every_page_leads_to_schools_and_advisers(client: Client, site: HomePage, path: str) -> None:
    foot = client.get(path).content.decode().partition("<footer")[2]
    for address in ("/scholen/", "/makelaars/", "/mijn-school/"):
        assert f'href="{address}"' in foot
