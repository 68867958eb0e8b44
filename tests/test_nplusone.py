"""The detector of a query per row: it is switched on for our own pages, and it sees what it should."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from zeal.errors import NPlusOneError

from portal.accounts.models import User
from tests.factories import UserFactory
from tests.nplusone import watch


def a_query_per_row(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str([list(user.groups.all()) for user in User.objects.all()]))


def one_query_for_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str([list(user.groups.all()) for user in User.objects.prefetch_related("groups")]))


@pytest.fixture
def people(db: None) -> None:
    UserFactory.create_batch(3)


def test_a_query_per_row_is_an_error(people: None, rf: RequestFactory) -> None:
    with pytest.raises(NPlusOneError, match="groups"):
        watch(a_query_per_row)(rf.get("/lessen/"))


def test_queries_for_all_rows_together_are_none(people: None, rf: RequestFactory) -> None:
    assert watch(one_query_for_all)(rf.get("/lessen/")).status_code == 200


def test_screens_of_wagtail_are_left_alone(people: None, rf: RequestFactory) -> None:
    assert watch(a_query_per_row)(rf.get("/admin/users/")).status_code == 200


def test_it_watches_every_request_of_the_tests() -> None:
    assert "tests.nplusone.watch" in settings.MIDDLEWARE
