"""The index follows the database: through dirty rows written with the change, and mended by what sweeps and compares."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app
from django.db import OperationalError, connection, transaction
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from lessons.models import LessonIndexPage, LessonPage
from portal.content.models import HomePage, KnowledgePage, NotReadyToPublish, SectionPage
from portal.content.snapshot import current
from portal.vocabulary.enums import Source
from portal.vocabulary.loading import load
from portal.vocabulary.models import Concept
from portal.vocabulary.rows import ConceptRow
from search import indexing
from search.engines.base import EngineUnavailable
from search.engines.embedded import EmbeddedEngine
from search.indexing import drain, rebuild, schedule
from search.models import DocumentRevision, IndexRow
from search.tasks import sweep
from tests import factories
from tests.search.index import SINK, agrees, keys


def restricted(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def moved(article: KnowledgePage, *, into_restricted: bool) -> None:
    section = factories.SectionFactory(parent=HomePage.objects.get(), slug="elders")
    if into_restricted:
        restricted(section)
    article.move(section, pos="last-child")


# What happens to the article → whether it is found afterwards.
CHANGES: dict[str, tuple[Callable[[KnowledgePage], Any], bool]] = {
    "publish": (lambda article: article.save_revision().publish(), True),
    "unpublish": (lambda article: article.unpublish(), False),
    "delete": (lambda article: article.delete(), False),
    "delete the section": (lambda article: article.get_parent().specific.delete(), False),
    "restrict": (restricted, False),
    "restrict the section": (lambda article: restricted(article.get_parent()), False),
    "move": (lambda article: moved(article, into_restricted=False), True),
    "move into a restricted section": (lambda article: moved(article, into_restricted=True), False),
    "save from a program": (lambda article: article.save(), True),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_leaves_a_dirty_row_and_a_drain_brings_it_over(change: str, indexed: None, article: KnowledgePage) -> None:
    act, found = CHANGES[change]
    key = article.pk
    act(article)
    assert IndexRow.objects.filter(key=str(key), sink=SINK).exists()
    drain(SINK)
    assert not IndexRow.objects.exists()
    assert (key in keys()) is found
    assert agrees()


def test_lifting_a_restriction_brings_back_all_below(indexed: None, article: KnowledgePage) -> None:
    restriction = restricted(article.get_parent())
    drain(SINK)
    assert article.pk not in keys()
    restriction.delete()
    drain(SINK)
    assert article.pk in keys()


def test_a_new_slug_marks_all_below(indexed: None, article: KnowledgePage, django_capture_on_commit_callbacks: Any) -> None:
    section = article.get_parent().specific
    with django_capture_on_commit_callbacks(execute=True):
        section.slug = "weten"
        section.save_revision().publish()
    assert DocumentRevision.objects.get(key=str(article.pk)).revision
    assert agrees()


def test_a_draft_marks_nothing(indexed: None, article: KnowledgePage, section: SectionPage) -> None:
    article.title = "Nog niet af"
    article.save_revision()
    factories.KnowledgeFactory(parent=section, live=False)
    assert not IndexRow.objects.exists()


def test_other_words_and_other_tags_are_found(indexed: None, lesson: LessonPage) -> None:
    assert keys("zonnepanelen") == set()
    lesson.title = "Zonnepanelen op het dak"
    lesson.sectors = [Concept.objects.get(scheme="sector", code="vo")]
    lesson.save_revision().publish()
    drain(SINK)
    assert keys("zonnepanelen") == {lesson.pk}
    assert keys(sector=("vo",)) == {lesson.pk}
    assert keys(sector=("po",)) == set()


@pytest.mark.parametrize("way", ["by hand", "by a file"])
def test_a_page_is_found_by_the_new_name_of_its_concept(way: str, indexed: None, lesson: LessonPage) -> None:
    concept = Concept.objects.get(scheme="subject", code="biologie")
    lesson.subjects = [concept]
    lesson.save_revision().publish()
    drain(SINK)
    assert keys("levenswetenschap") == set()
    if way == "by hand":
        concept.label_nl = "Levenswetenschap"
        concept.save()
    else:
        rows = [ConceptRow(code="biologie", label_nl="Levenswetenschap")]
        load(scheme="subject", rows=rows, source=Source.FILE)
    assert IndexRow.objects.filter(key=str(lesson.pk)).exists()
    drain(SINK)
    assert lesson.pk in keys("levenswetenschap")


def test_a_concept_that_gets_another_place_changes_where_its_pages_are_found(indexed: None, lesson: LessonPage) -> None:
    child = Concept.objects.create(scheme="topic", code="een-regenton", label_nl="Regenton")
    lesson.topics = [child]
    lesson.save_revision().publish()
    drain(SINK)
    parent = Concept.objects.create(scheme="topic", code="iets-met-regenwater", label_nl="Regenwater")
    assert keys(topic=("iets-met-regenwater",)) == set()
    child.broader = parent
    child.save()
    drain(SINK)
    assert keys(topic=("iets-met-regenwater",)) == {lesson.pk}
    grandparent = Concept.objects.create(scheme="topic", code="alle-neerslag", label_nl="Neerslag")
    parent.broader = grandparent
    parent.save()
    drain(SINK)
    assert keys(topic=("alle-neerslag",)) == {lesson.pk}, "the pages of narrower concepts too"


def test_an_alias_and_a_live_copy_are_found(indexed: None, article: KnowledgePage) -> None:
    alias = article.create_alias(update_slug="dubbel")
    copy = article.copy(update_attrs={"slug": "kopie"}, keep_live=True)
    drain(SINK)
    assert {alias.pk, copy.pk} <= keys()
    assert {article.pk, alias.pk, copy.pk} <= keys(wsa=("curriculum",))


def test_a_rollback_leaves_no_row_and_no_wake_up(
    indexed: None, article: KnowledgePage, django_capture_on_commit_callbacks: Any
) -> None:
    before = dict(DocumentRevision.objects.values_list("key", "revision"))
    with django_capture_on_commit_callbacks() as calls, transaction.atomic():
        article.unpublish()
        assert IndexRow.objects.exists(), "control: the change wrote a row"
        transaction.set_rollback(True)
    assert calls == []
    assert not IndexRow.objects.exists()
    assert dict(DocumentRevision.objects.values_list("key", "revision")) == before


def test_a_change_wakes_the_worker_once(indexed: None, article: KnowledgePage, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True) as calls:
        article.title = "Nieuw en af"
        article.save_revision().publish()
        schedule([article.pk])
    assert len([call for call in calls if "drain" in repr(call)]) <= 1
    assert keys("nieuw af") >= {article.pk}
    assert agrees()


def test_a_lost_task_is_mended_by_the_sweep(indexed: None, article: KnowledgePage) -> None:
    article.unpublish()
    assert not agrees(), "control: no task ran, and without the sweep the index stays wrong"
    sweep()
    assert agrees()


def test_a_drain_that_dies_half_way_is_done_again(indexed: None, article: KnowledgePage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine has it, the row is still there: doing it again changes nothing."""
    article.title = "Half gedaan"
    article.save_revision().publish()

    class Killed(BaseException):
        pass

    def die(*args: Any, **kwargs: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(IndexRow.objects, "filter", IndexRow.objects.filter)
        patch.setattr(EmbeddedEngine, "apply", _and_then(EmbeddedEngine.apply, die))
        with pytest.raises(Killed):
            drain(SINK)
    assert IndexRow.objects.count() == 1
    assert keys("half gedaan") == {article.pk}
    drain(SINK)
    assert agrees()
    assert not IndexRow.objects.exists()


def _and_then(first: Callable[..., Any], second: Callable[..., Any]) -> Callable[..., Any]:
    def both(*args: Any, **kwargs: Any) -> None:
        first(*args, **kwargs)
        second()

    return both


def test_a_change_while_a_drain_writes_is_not_lost(
    indexed: None, article: KnowledgePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row is newer than what the engine got, so it stays."""
    article.title = "Eerste versie"
    article.save_revision().publish()
    changed = []

    def change_once() -> None:
        if not changed:
            changed.append(True)
            article.title = "Tweede versie"
            article.save_revision().publish()

    monkeypatch.setattr(EmbeddedEngine, "apply", _and_then(EmbeddedEngine.apply, change_once))
    assert drain(SINK) == 1
    assert drain(SINK) == 1
    assert keys("tweede versie") >= {article.pk}
    assert agrees()


class AwayEngine(EmbeddedEngine):
    """An engine that does not answer."""

    def __init__(self) -> None:
        pass

    def needs_rebuild(self) -> bool:
        return False

    def apply(self, **kwargs: Any) -> None:
        raise EngineUnavailable("away")


def test_rows_wait_for_an_engine_that_is_away(indexed: None, article: KnowledgePage, caplog: pytest.LogCaptureFixture) -> None:
    article.unpublish()
    assert drain(SINK, engine=AwayEngine()) == 0
    row = IndexRow.objects.get()
    assert row.attempts == 1
    assert "away" in caplog.text
    assert drain(SINK) == 1
    assert agrees()


def test_one_page_that_cannot_be_read_holds_up_nobody(
    indexed: None, article: KnowledgePage, lesson: LessonPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Any) -> list[str]:
        raise LookupError("no such thing")

    with monkeypatch.context() as patch:
        patch.setattr(KnowledgePage, "searchable_text", broken)
        article.save_revision().publish()
        with pytest.raises(LookupError):
            drain(SINK)
        lesson.title = "Intussen nieuw"
        lesson.save_revision().publish()
        drain(SINK)
        assert keys("intussen nieuw") == {lesson.pk}
    IndexRow.objects.update(not_before=None)
    drain(SINK)
    assert agrees()


def test_the_drain_moves_the_stamp_when_it_did_something(indexed: None, article: KnowledgePage) -> None:
    """Kept pages show pages like themselves, which the index knows."""
    article.save_revision().publish()
    before = current().stamp
    assert drain(SINK) == 1
    after = current().stamp
    assert after > before
    assert drain(SINK) == 0
    assert current().stamp == after


def test_many_pages_are_read_in_batches(indexed: None, section: SectionPage, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        factories.KnowledgeFactory(parent=section)
    monkeypatch.setattr(indexing, "BATCH", 2)
    assert drain(SINK) == 5
    assert agrees()
    assert rebuild(SINK) == 7
    assert agrees()


def test_publishing_at_the_desk_reaches_the_finder(
    indexed: None, article: KnowledgePage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article.title = "Regenwormen"
        article.save_revision().publish()
    assert article.title in client.get("/zoeken/?q=regenwormen").content.decode().replace("<mark>", "").replace("</mark>", "")
    with django_capture_on_commit_callbacks(execute=True):
        article.unpublish()
    assert article.url not in client.get("/zoeken/?q=regenwormen").content.decode()


def test_nothing_to_mark_is_no_work(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        schedule([])


def test_what_is_refused_changes_nothing(indexed: None, article: KnowledgePage) -> None:
    article.summary = ""
    with pytest.raises(NotReadyToPublish):
        article.save_revision().publish()
    assert not IndexRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_drains_at_once(lesson_index: LessonIndexPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both take the same rows; the result is as if one had."""
    monkeypatch.setattr(current_app.tasks["search.tasks.drain"], "run", lambda sink: None)
    for _ in range(4):
        factories.LessonFactory(parent=lesson_index)
    assert IndexRow.objects.count() == 4
    start = threading.Barrier(2)
    problems: list[BaseException] = []

    def work() -> None:
        try:
            start.wait()
            drain(SINK)
        except BaseException as error:  # noqa: BLE001 - handed to the test
            problems.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert problems == []
    assert agrees()
    assert not IndexRow.objects.exists()


def test_a_database_that_is_away_is_what_the_error_says(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(sink: str, until: int) -> list[IndexRow]:
        raise OperationalError("the database is away")

    monkeypatch.setattr(indexing, "_due", away)
    with pytest.raises(OperationalError, match="is away"):
        drain(SINK)
