"""Stamps: a new number at each change, never the same one twice, one query a request."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from pytest_django import DjangoAssertNumQueries

from portal.stamps.models import CONTENT, VOCABULARY, Stamp, bump, read

pytestmark = pytest.mark.django_db


@contextmanager
def web_request() -> Iterator[None]:
    """As between the beginning and the end of a web request; the connection of the test stays open, as with the test client."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    try:
        request_started.send(sender=None)
        yield
        request_finished.send(sender=None)
    finally:
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)


@pytest.fixture
def in_request() -> Iterator[None]:
    with web_request():
        yield


def test_a_stamp_that_was_never_bumped_counts_as_nothing() -> None:
    Stamp.objects.all().delete()
    assert read().get(CONTENT, 0) == 0


def test_each_bump_is_larger_and_leaves_other_stamps_alone() -> None:
    other = bump(VOCABULARY)
    values = [bump(CONTENT) for _ in range(3)]
    assert values == sorted(set(values))
    assert read()[CONTENT] == values[-1]
    assert read()[VOCABULARY] == other


def test_the_first_bump_makes_the_stamp() -> None:
    Stamp.objects.all().delete()
    assert bump(CONTENT) == Stamp.objects.get(pk=CONTENT).value > 0


def test_a_rollback_takes_the_bump_back_and_its_number_never_returns() -> None:
    before = bump(CONTENT)
    with transaction.atomic():
        undone = bump(CONTENT)
        transaction.set_rollback(True)
    assert read()[CONTENT] == before
    assert bump(CONTENT) > undone, "what was kept under the number of the rollback would pass for true"


@pytest.mark.usefixtures("in_request")
def test_a_request_reads_the_stamps_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert read() == read()


def test_outside_a_request_each_reading_asks(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        assert read() == read()


def test_a_new_request_asks_again() -> None:
    with web_request():
        first = read()
        Stamp.objects.update_or_create(pk=CONTENT, defaults={"value": 7})
        assert read() == first, "control: within the request it is remembered"
    with web_request():
        assert read()[CONTENT] == 7


@pytest.mark.usefixtures("in_request")
def test_who_bumps_in_a_request_sees_it() -> None:
    read()
    assert bump(CONTENT) == read()[CONTENT]


@pytest.mark.usefixtures("in_request")
def test_a_rollback_in_a_request_leaves_no_memory_of_what_never_was() -> None:
    before = bump(CONTENT)
    with transaction.atomic():
        bump(CONTENT)
        read()
        transaction.set_rollback(True)
    assert read()[CONTENT] == before
