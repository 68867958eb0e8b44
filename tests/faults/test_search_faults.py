"""Whatever Elasticsearch does: visitors get an answer, editors publish, and nothing that was published is lost."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from lessons.models import LessonPage
from portal.content.models import HomePage
from search import finder, indexing
from search.breaker import Breaker
from search.models import IndexRow
from search.query import SearchQuery
from tests.elastic import PATIENCE, elastic_engine
from tests.faults.proxy import Mode, Proxy, proxy
from tests.faults.rounds import ask
from tests.patience import within
from tests.services import requires_url
from tests.worker import MEMORY, broker, work

SINKS = ["elasticsearch", "embedded"]


@pytest.fixture
def faulty(settings: Settings, lesson: LessonPage) -> Iterator[Proxy]:
    """A portal whose Elasticsearch is whatever the proxy makes of it, and whose embedded index is up to date."""
    indexing.rebuild("embedded")
    with proxy() as faulty:
        settings.SEARCH_SINKS = SINKS
        settings.ELASTICSEARCH = {"urls": (faulty.url,), "prefix": "test"}
        yield faulty


@pytest.fixture
def real(settings: Settings, lesson: LessonPage) -> Iterator[Proxy]:
    """The same with a real server behind the proxy, and an index in it."""
    with elastic_engine() as engine, proxy(requires_url("ELASTICSEARCH_URL_TEST")) as real:
        settings.SEARCH_SINKS = SINKS
        settings.ELASTICSEARCH = {"urls": (real.url,), "prefix": engine.index.aliases.pages.removesuffix("-pages")}
        settings.ELASTICSEARCH["patience"] = PATIENCE
        for sink in SINKS:
            indexing.rebuild(sink)
        yield real


def rest_is_over() -> None:
    """As if the time of every breaker had passed."""
    caches["default"].clear()


@pytest.mark.parametrize("mode", ["down", "refused", "hanging", "red"])
def test_every_search_is_answered_in_time(faulty: Proxy, mode: Mode) -> None:
    faulty.become(mode)
    done = ask(mode, 24)
    assert (done.errors, done.degraded) == (0, 24)
    assert done.slowest < within(2_000)
    assert done.after < within(500), "the breaker did not open"
    assert Breaker("elasticsearch").is_open()


def test_a_hanging_server_costs_suggestions_and_pages_no_more(faulty: Proxy, client: Client, lesson: LessonPage) -> None:
    faulty.become("hanging")
    for address in ("/zoeken/suggesties/?q=les", lesson.url):
        begin = time.perf_counter()
        assert client.get(address).status_code == 200
        assert time.perf_counter() - begin < within(2)


def test_health_says_degraded_and_the_visitor_reads_a_calm_line(faulty: Proxy, client: Client) -> None:
    faulty.become("refused")
    page = client.get("/zoeken/?q=les").content.decode()
    assert page.count("eenvoudiger") == 1
    health = client.get("/gezond/").json()
    assert health["status"] == "degraded"
    assert health["checks"]["search"].startswith("elasticsearch")


def test_an_index_that_is_not_there_yet_does_not_speak(real: Proxy) -> None:
    finder.engine_for("elasticsearch").index.drop_all()  # type: ignore[attr-defined]
    assert finder.find(SearchQuery()).degraded
    assert finder.find(SearchQuery()).total > 0


def test_it_is_asked_again_when_it_is_back(real: Proxy) -> None:
    assert not finder.find(SearchQuery("les")).degraded
    for mode in ("down", "red", "refused"):
        real.become(mode)
        assert finder.find(SearchQuery("les")).degraded
        real.become("back")
        rest_is_over()
        assert not finder.find(SearchQuery("les")).degraded


def publish(page: LessonPage, title: str) -> float:
    """Publish under this title; returns how many seconds that took."""
    begin = time.perf_counter()
    page.title = title
    page.save_revision(clean=False).publish(skip_permission_checks=True)
    return time.perf_counter() - begin


def commit(capture: Callable[..., AbstractContextManager[Any]], page: LessonPage, title: str) -> float:
    """Publish and hand the tasks to the broker."""
    with capture(execute=True):
        return publish(page, title)


def test_publishing_does_not_wait_and_each_engine_catches_up_by_itself(
    real: Proxy, lesson: LessonPage, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]
) -> None:
    with broker(MEMORY):
        usual = commit(django_capture_on_commit_callbacks, lesson, "Zwoblix een")
        work()
        real.become("hanging")
        assert commit(django_capture_on_commit_callbacks, lesson, "Zwoblix twee") < usual + within(0.5)
        real.become("refused")
        work()
        assert {row.sink for row in IndexRow.objects.all()} == {"elasticsearch"}
        assert finder.find(SearchQuery("twee")).total == 1
        real.become("back")
        rest_is_over()
        indexing.drain("elasticsearch")
        assert not IndexRow.objects.exists()
    results = finder.find(SearchQuery("zwoblix"))
    assert (results.total, results.degraded) == (1, False)
    assert finder.engine_for("elasticsearch").revisions() == finder.engine_for("embedded").revisions()


def test_a_lost_index_comes_back_whole(real: Proxy, lesson: LessonPage, site: HomePage) -> None:
    engine = finder.engine_for("elasticsearch")
    before = engine.revisions()
    engine.index.drop_all()  # type: ignore[attr-defined]
    with broker(MEMORY):
        publish(lesson, "Zwoblix drie")
    indexing.drain("elasticsearch")
    assert engine.revisions().keys() == before.keys()
