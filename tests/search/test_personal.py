"""Filters that stand for something else for everybody who signed in."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from lessons.models import LessonIndexPage
from portal.content.models import HomePage
from search import personal
from search.forms import parse
from search.indexing import drain
from search.personal import Offered, PersonalFilter, register_personal_filter
from tests import factories

MINE = Offered("voor-mij", "Voor mij", {"sector": ("po",)}, chosen=True)


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One filter: what is for primary education."""
    monkeypatch.setattr(personal, "_filters", {})
    register_personal_filter(PersonalFilter("voor-mij", "Voor mij", lambda request: {"sector": ("po",)}))
    return


@pytest.fixture
def lessons(lesson_index: LessonIndexPage) -> tuple[Any, Any]:
    made = [factories.LessonFactory(parent=lesson_index, title=f"Les {sector}", sectors=[sector]) for sector in ("po", "vo")]
    drain("embedded")
    return made[0], made[1]


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(factories.UserFactory())
    return client


def test_a_filter_that_is_on_takes_the_place_of_the_choice_for_its_facet() -> None:
    asked = parse(QueryDict("voor-mij=1&sector=vo&q=afval"), personal=(MINE,))
    assert asked.query.filters == {"sector": ("po",)}
    assert asked.parameters() == "?q=afval&voor-mij=1"
    assert asked.parameters(without=("voor-mij", "1")) == "?q=afval"
    assert asked.parameters(page=2) == "?q=afval&voor-mij=1&page=2"


def test_what_is_followed_by_mail_or_feed_names_the_codes_themselves() -> None:
    assert parse(QueryDict("voor-mij=1"), personal=(MINE,)).canonical() == "sector=po"


def test_the_filter_of_the_page_comes_before_a_personal_one() -> None:
    asked = parse(QueryDict("voor-mij=1"), preset={"sector": ("vo",)}, personal=(MINE,))
    assert asked.query.filters == {"sector": ("vo",)}


def test_who_signed_in_is_offered_it(registered: None, lessons: tuple[Any, Any], signed_in: Client) -> None:
    page = signed_in.get("/zoeken/")
    assert 'name="voor-mij"' in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert "Les vo" in page.content.decode()
    narrowed = signed_in.get("/zoeken/?voor-mij=1").content.decode()
    assert "Les po" in narrowed
    assert "Les vo" not in narrowed
    assert 'name="sector"' not in narrowed
    assert 'href="/zoeken/?"' in narrowed, "a chip takes it off again"


def test_a_visitor_is_not_and_cannot_turn_it_on(registered: None, lessons: tuple[Any, Any], client: Client) -> None:
    page = client.get("/zoeken/?voor-mij=1")
    assert 'name="voor-mij"' not in page.content.decode()
    assert "Les vo" in page.content.decode()
    assert not page.cookies
    client.cookies["sessionid"] = "verzonnen"
    assert 'name="voor-mij"' not in client.get("/zoeken/?voor-mij=1").content.decode()


def test_a_filter_that_says_nothing_to_somebody_is_not_offered(
    site: HomePage, signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(personal, "_filters", {})
    register_personal_filter(PersonalFilter("leeg", "Leeg", lambda request: {}))
    assert 'name="leeg"' not in signed_in.get("/zoeken/").content.decode()


def test_a_name_is_taken_once(registered: None) -> None:
    with pytest.raises(ValueError, match="voor-mij"):
        register_personal_filter(PersonalFilter("voor-mij", "Iets anders", lambda request: {}))
