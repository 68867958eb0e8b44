"""Building an index anew, and comparing it with the database."""

from collections.abc import Iterable

import pytest

from lessons.models import LessonPage
from portal.content.models import KnowledgePage, SectionPage
from search import finder, indexing
from search.documents import SearchDocument
from search.indexing import drain, every_document, rebuild, reconcile
from search.models import DocumentRevision, IndexRow
from tests import factories
from tests.search.index import SINK, agrees, keys, stands


def test_a_rebuild_holds_everything_and_replays_what_changed_meanwhile(
    indexed: None, article: KnowledgePage, lesson: LessonPage, section: SectionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = factories.AnswerFactory(parent=section)
    drain(SINK)
    done = []

    def with_changes(progress: indexing.Progress) -> Iterable[SearchDocument]:
        yield from every_document(progress)
        # Everything was read; now a worker drains other changes into the index that is about to be replaced.
        if not done:
            done.append(True)
            lesson.title = "Midden in de herbouw"
            lesson.save_revision().publish()
            article.unpublish()
            extra.delete()
            IndexRow.objects.all().delete()

    monkeypatch.setattr(indexing, "every_document", with_changes)
    assert rebuild(SINK) == 3
    assert done
    assert keys("midden in de herbouw") == {lesson.pk}
    assert keys() == {lesson.pk}
    assert agrees()


def test_comparing_mends_both_ways(indexed: None, article: KnowledgePage, lesson: LessonPage, section: SectionPage) -> None:
    assert reconcile(SINK) == 0
    missing, outdated = factories.AnswerFactory(parent=section), article
    outdated.title = "Nieuwe woorden hier"
    outdated.save_revision().publish()
    lesson.delete()
    IndexRow.objects.all().delete()
    finder.engine_for(SINK).apply(upserts=[SearchDocument(key="987654", revision=1, kind="les", title="Van niemand")])
    assert not agrees(), "control"
    # One missing, one out of date, one that was deleted, one that never was.
    assert reconcile(SINK) == 4
    assert agrees()
    assert keys() == {missing.pk, outdated.pk}
    assert reconcile(SINK) == 0


def test_comparing_leaves_alone_what_is_on_its_way(indexed: None, article: KnowledgePage) -> None:
    article.save_revision().publish()
    assert reconcile(SINK) == 0
    assert agrees()


def test_an_index_that_is_ahead_is_brought_back(indexed: None, article: KnowledgePage) -> None:
    """After a restored backup the index is newer than the database."""
    ahead = stands()[str(article.pk)] + 1000
    finder.engine_for(SINK).apply(
        upserts=[SearchDocument(key=str(article.pk), revision=ahead, kind="kennis", title="Uit de toekomst")]
    )
    assert keys("toekomst") == {article.pk}
    assert reconcile(SINK) == 1
    assert keys("toekomst") == set()
    assert agrees()


def test_revisions_follow_the_order_of_changes(indexed: None, article: KnowledgePage) -> None:
    seen = []
    for _ in range(3):
        article.save_revision().publish()
        seen.append(IndexRow.objects.get(key=str(article.pk)).revision)
    assert seen == sorted(set(seen))
    assert DocumentRevision.objects.get(key=str(article.pk)).revision == seen[-1]
