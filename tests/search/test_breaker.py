"""What does not answer is left alone, by all processes alike."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from pytest_django import Settings

from search import breaker
from search.breaker import FAILURES, REST_SECONDS, WINDOW_SECONDS, Breaker


@pytest.fixture
def clock() -> Iterator[FrozenDateTimeFactory]:
    with freeze_time("2026-03-02 09:00:00") as clock:
        yield clock


@pytest.fixture
def watched(clock: FrozenDateTimeFactory) -> Breaker:
    return Breaker("thing")


def fail(watched: Breaker, times: int = FAILURES) -> None:
    for _ in range(times):
        watched.failed()


def test_a_few_failures_are_forgiven_and_more_are_not(watched: Breaker) -> None:
    fail(watched, FAILURES - 1)
    assert watched.allows()
    assert not watched.is_open()
    watched.failed()
    assert not watched.allows()
    assert Breaker("thing").is_open(), "another process does not know"
    assert Breaker("other").allows()


def test_failures_far_apart_do_not_add_up(watched: Breaker, clock: FrozenDateTimeFactory) -> None:
    for _ in range(FAILURES * 2):
        watched.failed()
        clock.tick(WINDOW_SECONDS / (FAILURES - 1) + 1)
    assert watched.allows()


def test_after_the_rest_one_tries_and_its_failure_begins_the_next(watched: Breaker, clock: FrozenDateTimeFactory) -> None:
    fail(watched)
    clock.tick(REST_SECONDS + 1)
    assert [watched.allows() for _ in range(3)] == [True, False, False]
    watched.failed()
    assert not watched.allows()
    clock.tick(REST_SECONDS + 1)
    assert watched.allows()


def test_its_success_lets_everybody_in(watched: Breaker, clock: FrozenDateTimeFactory) -> None:
    fail(watched)
    clock.tick(REST_SECONDS + 1)
    assert watched.allows()
    watched.succeeded()
    assert [watched.allows() for _ in range(3)] == [True, True, True]
    assert not watched.is_open()
    fail(watched, FAILURES - 1)
    assert watched.allows()


def test_who_tried_and_died_is_followed_by_another(watched: Breaker, clock: FrozenDateTimeFactory) -> None:
    fail(watched)
    clock.tick(REST_SECONDS + 1)
    assert watched.allows()
    clock.tick(4)
    assert watched.allows()


def test_without_the_shared_cache_each_process_goes_by_itself(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, clock: FrozenDateTimeFactory
) -> None:
    # Nobody listens on the port of the discard service.
    away = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"}
    settings.CACHES = {**settings.CACHES, "default": away}
    monkeypatch.setattr(breaker, "_own", LocMemCache("own-breakers", {}))
    breaker._own.clear()
    watched = Breaker("thing")
    assert watched.allows()
    fail(watched)
    assert not watched.allows()
    del caches["default"]
