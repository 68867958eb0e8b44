"""Work on the index that is cut short, or that others do at the same time: nothing is lost, on no engine."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from pytest_django import Settings

from lessons.models import LessonIndexPage, LessonPage
from search import indexing
from search.documents import SearchDocument
from search.engines.base import Engine
from search.finder import engine_for
from search.models import IndexRow
from search.query import SearchQuery
from tests import factories
from tests.elastic import elastic_engine
from tests.services import requires_url


@pytest.fixture(params=["embedded", "elasticsearch"])
def sink(request: pytest.FixtureRequest, settings: Settings) -> Iterator[str]:
    """The one engine of the portal."""
    if request.param == "elasticsearch":
        with elastic_engine() as engine:
            prefix = engine.index.aliases.pages.removesuffix("-pages")
            settings.ELASTICSEARCH = {"urls": (requires_url("ELASTICSEARCH_URL_TEST"),), "prefix": prefix}
            settings.SEARCH_SINKS = [request.param]
            yield request.param
    else:
        yield request.param


@pytest.fixture
def lessons(sink: str, lesson_index: LessonIndexPage) -> list[LessonPage]:
    """Four lessons in the index."""
    made = [factories.LessonFactory(parent=lesson_index, title=f"Zwoblix {number}") for number in range(4)]
    indexing.rebuild(sink)
    return made


class Interrupted:
    """An engine around whose work something happens."""

    def __init__(
        self, engine: Engine, *, before: Callable[[], Any] = int, halfway: Callable[[], Any] = int, after: Any = int
    ) -> None:
        self._engine, self._before, self._halfway, self._after = engine, before, halfway, after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def apply(self, **changes: Any) -> None:
        self._before()
        self._engine.apply(**changes)
        self._after()

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        def watched() -> Iterator[SearchDocument]:
            for number, document in enumerate(documents):
                if number == 2:
                    self._halfway()
                yield document

        return self._engine.rebuild(watched())


class Killed(BaseException):
    """What `kill -9` is to the code: nothing below may catch it."""


def die() -> None:
    raise Killed


def publish(page: LessonPage, title: str) -> None:
    page.title = title
    page.save_revision(clean=False).publish(skip_permission_checks=True)


def assert_true(sink: str) -> None:
    """Index and database agree, document by document."""
    should = {document.key: document.revision for document in indexing.every_document()}
    assert engine_for(sink).revisions() == should
    assert not IndexRow.objects.exists()


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_worker_killed_while_it_writes_leaves_the_row(sink: str, lessons: list[LessonPage], moment: str) -> None:
    engine = engine_for(sink)
    publish(lessons[0], "Quasarnevel")
    lessons[1].unpublish()
    with pytest.raises(Killed):
        indexing.drain(sink, engine=Interrupted(engine, **{moment: die}))  # type: ignore[arg-type]
    assert IndexRow.objects.exists()
    indexing.drain(sink)
    assert_true(sink)
    assert engine.search(SearchQuery("quasarnevel")).total == 1


def test_what_is_published_and_removed_while_the_index_is_built_anew_is_not_lost(sink: str, lessons: list[LessonPage]) -> None:
    engine = engine_for(sink)

    def meanwhile() -> None:
        publish(lessons[0], "Quasarnevel")
        lessons[1].unpublish()
        lessons[2].delete()
        if sink == "elasticsearch":
            # Writers of the embedded index wait for one another; here both go on.
            indexing.drain(sink)
            assert engine.search(SearchQuery("quasarnevel")).total == 1

    indexing.rebuild(sink, engine=Interrupted(engine, halfway=meanwhile))  # type: ignore[arg-type]
    assert_true(sink)
    assert engine.search(SearchQuery("quasarnevel")).total == 1
    assert engine.search(SearchQuery("zwoblix", correct=False)).total == 1


def test_reconciling_mends_both_ways(sink: str, lessons: list[LessonPage]) -> None:
    engine = engine_for(sink)
    IndexRow.objects.all().delete()
    key = str(lessons[0].pk)
    engine.apply(upserts=[SearchDocument("999999", 1, "les", "Van een ander")], deletes=[(key, engine.revisions()[key])])
    assert indexing.reconcile(sink) == 2
    assert_true(sink)
    assert indexing.reconcile(sink) == 0
