"""A worker brings the index up to date while others commit: what they changed is not taken for done."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q

from lessons.models import LessonIndexPage, LessonPage
from search import indexing
from search.finder import engine_for
from search.models import IndexRow
from tests import factories
from tests.worker import MEMORY, broker

PATIENCE = 30


@pytest.fixture(autouse=True)
def nobody_works() -> Iterator[None]:
    """Tasks wait: the test says who does what, and when."""
    with broker(MEMORY):
        yield


class Watched:
    """An engine; after each time that it has written something, `after` is called."""

    def __init__(self, after: Callable[[], Any]) -> None:
        self._engine, self._after = engine_for("embedded"), after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def apply(self, **changes: Any) -> None:
        self._engine.apply(**changes)
        self._after()


class SlowEditor:
    """Changes a page in a transaction of another connection, and commits some time later."""

    def __init__(self, page: LessonPage) -> None:
        self._page = page
        self._written, self._may_commit = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._change)

    def begin(self) -> None:
        """Returns when the change is written and not committed; it will be while others try to write."""
        if not self._thread.ident:
            self._thread.start()
            assert self._written.wait(PATIENCE)
            threading.Timer(0.5, self._may_commit.set).start()

    def end(self) -> None:
        """Returns when it is committed."""
        self._thread.join(PATIENCE)

    def _change(self) -> None:
        try:
            with transaction.atomic():
                self._page.title = "Quasarnevel"
                self._page.save()
                indexing.schedule([self._page.pk])
                self._written.set()
                self._may_commit.wait(PATIENCE)
        finally:
            connection.close()


@contextmanager
def editor_who_commits_meanwhile(page: LessonPage) -> Iterator[Watched]:
    editor = SlowEditor(page)
    yield Watched(editor.begin)
    editor.end()


@pytest.fixture
def lesson_alone(lesson_index: LessonIndexPage) -> LessonPage:
    page: LessonPage = factories.LessonFactory(parent=lesson_index, title="Zwoblix")
    indexing.rebuild("embedded")
    indexing.schedule([page.pk])
    return page


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_while_the_row_is_deleted_stays_to_be_done(lesson_alone: LessonPage) -> None:
    with editor_who_commits_meanwhile(lesson_alone) as engine:
        indexing.drain("embedded", engine=engine)  # type: ignore[arg-type]
    indexing.drain("embedded")
    assert [document.title for document in indexing.every_document() if document.key == str(lesson_alone.pk)] == ["Quasarnevel"]
    assert engine_for("embedded").revisions() == {one.key: one.revision for one in indexing.every_document()}


@pytest.mark.django_db(transaction=True)
def test_control_a_queryset_deletes_what_it_read_before(lesson_alone: LessonPage) -> None:
    (row,) = IndexRow.objects.filter(key=lesson_alone.pk)
    editor = SlowEditor(lesson_alone)
    editor.begin()
    IndexRow.objects.filter(Q(pk=row.pk, revision=row.revision)).delete()
    editor.end()
    assert not IndexRow.objects.filter(key=lesson_alone.pk).exists()


def test_what_is_marked_again_while_a_worker_is_at_it_is_done_again(lesson_alone: LessonPage) -> None:
    times = []

    def mark_once() -> None:
        times.append(1)
        if len(times) == 1:
            # As a rebuild does after its swap: the worker had written to the index that is no more.
            indexing._mark_again("embedded", [str(lesson_alone.pk)])

    indexing.drain("embedded", engine=Watched(mark_once))  # type: ignore[arg-type]
    assert len(times) == 2
    assert not IndexRow.objects.exists()


def test_a_drain_ends_though_others_go_on_changing_pages(lesson_alone: LessonPage) -> None:
    times = []

    def change_again() -> None:
        times.append(1)
        assert len(times) < 3, "as long as someone publishes, nothing else is done"
        indexing.schedule([lesson_alone.pk])

    indexing.drain("embedded", engine=Watched(change_again))  # type: ignore[arg-type]
    assert IndexRow.objects.filter(key=lesson_alone.pk).exists()
    indexing.drain("embedded")
    assert not IndexRow.objects.exists()
