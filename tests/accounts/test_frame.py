"""Signed in or not: what pages show, and what is kept of them."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.content.models import KnowledgePage
from tests.accounts.people import SIGN_IN, make_person, sign_in
from tests.factories import UserFactory

PATHS = ("/", "/kennis/", "/zoeken/", "/zoeken/?q=afval", "/bestaat-niet/")
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PATHS)
def test_a_visitor_is_shown_the_way_in_and_gets_no_cookie(client: Client, article: KnowledgePage, path: str) -> None:
    answer = client.get(path)
    assert f'href="{SIGN_IN}"' in answer.content.decode()
    assert not answer.cookies


@pytest.mark.parametrize("path", PATHS)
def test_the_page_of_somebody_is_theirs_alone(client: Client, article: KnowledgePage, path: str) -> None:
    person = UserFactory(first_name="Wilhelmina")
    before = client.get(path).content
    somebody = Client()
    somebody.force_login(person)
    for _ in range(2):
        own = somebody.get(path)
        assert "Wilhelmina" in own.content.decode()
        assert own["Cache-Control"] == "private, no-store"
        after = Client().get(path)
        assert after.content == before
        assert "Wilhelmina" not in after.content.decode()


def test_what_cannot_be_read_is_said_to_who_has_a_session_too(client: Client, article: KnowledgePage) -> None:
    client.force_login(UserFactory())
    assert client.get("/", {"q": "a" * 9_000}).status_code == 400


def test_the_answer_that_begins_a_session_is_not_kept(client: Client, article: KnowledgePage) -> None:
    answer = sign_in(client, make_person())
    assert "sessionid" in answer.cookies
    assert answer["Cache-Control"] == "private, no-store"


def test_the_link_to_an_account_costs_what_it_says(
    article: KnowledgePage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.force_login(UserFactory())
    client.get(article.url)
    visitor = Client()
    visitor.get(article.url)
    with django_assert_max_num_queries(2):
        visitor.get(article.url)


def test_the_account_page_takes_few_queries(
    article: KnowledgePage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.force_login(UserFactory())
    client.get("/account/")
    with django_assert_max_num_queries(8):
        assert client.get("/account/").status_code == 200


def test_no_page_of_an_account_allows_inline_scripts_or_styles(client: Client, article: KnowledgePage) -> None:
    for path in (SIGN_IN, "/account/nieuw/", "/account/wachtwoord-vergeten/"):
        answer = client.get(path)
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert " style=" not in answer.content.decode()
