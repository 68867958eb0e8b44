"""The concepts of pages: one query whatever their number and mix, and what an editor chose in a preview."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from lessons.models import LessonPage
from portal.content.models import KnowledgePage
from portal.vocabulary.lookup import vocabulary
from portal.vocabulary.models import Concept
from portal.vocabulary.tags import Tags, concept_fields, concepts_of, concepts_of_page


def codes(tags: Tags) -> dict[str, list[str]]:
    return {name: [concept.code for concept in concepts] for name, concepts in tags.items() if concepts}


def queries_of(pages: list[Any]) -> int:
    vocabulary()
    with CaptureQueriesContext(connection) as queries:
        concepts_of(pages)
    return sum("stamps_stamp" not in query["sql"] for query in queries)


def test_fields_are_found_through_abstract_bases() -> None:
    assert [field.name for field in concept_fields(KnowledgePage)] == ["sectors", "wsa", "sdg47", "sdgs", "topics"]
    assert {"sectors", "topics", "grades", "subjects"} < {field.name for field in concept_fields(LessonPage)}
    assert concept_fields(Page) == ()


def test_pages_of_two_types_come_with_their_concepts_in_order(lesson: LessonPage, knowledge: KnowledgePage) -> None:
    found = concepts_of([LessonPage.objects.get(), KnowledgePage.objects.get()])
    assert codes(found[lesson.pk]) == {"sectors": ["po"], "topics": ["afval", "energie"]}
    assert codes(found[knowledge.pk]) == {"topics": ["water"]}
    assert found[knowledge.pk]["wsa"] == ()
    assert "grades" not in found[knowledge.pk]


def test_a_plain_page_shows_the_concepts_of_its_own_type(lesson: LessonPage) -> None:
    found = concepts_of([Page.objects.get(pk=lesson.pk), Page.objects.get(depth=1)])
    assert codes(found[lesson.pk])["topics"] == ["afval", "energie"]
    assert found[Page.objects.get(depth=1).pk] == {}


def test_one_query_for_one_page_and_for_many(
    lesson: LessonPage, knowledge: KnowledgePage, make_page: Callable[..., Any], concepts: dict[str, Concept]
) -> None:
    assert queries_of([lesson]) == 1
    more = [make_page(LessonPage, f"Les {number}", live=False, topics=[concepts["water"]]) for number in range(8)]
    assert queries_of([lesson, knowledge, *more]) == 1
    assert all(codes(tags)["topics"] for tags in concepts_of([lesson, knowledge, *more]).values())


def test_nothing_is_asked_when_nothing_can_have_concepts(concepts: dict[str, Concept]) -> None:
    assert queries_of([]) == 0
    assert queries_of([Page.objects.get(depth=1)]) == 0


def test_a_retired_concept_stays_on_its_page(lesson: LessonPage, concepts: dict[str, Concept]) -> None:
    concepts["afval"].retired = True
    concepts["afval"].save()
    assert codes(concepts_of([lesson])[lesson.pk])["topics"] == ["afval", "energie"]


def test_a_preview_shows_what_the_editor_chose(lesson: LessonPage, concepts: dict[str, Concept]) -> None:
    page = LessonPage.objects.get()
    assert codes(concepts_of_page(page)) == {"sectors": ["po"], "topics": ["afval", "energie"]}
    page.topics = [concepts["water"]]
    assert codes(concepts_of_page(page)) == {"sectors": ["po"], "topics": ["water"]}
    # The control: what is stored is another matter.
    assert codes(concepts_of([page])[page.pk])["topics"] == ["afval", "energie"]


def test_a_revision_and_a_page_that_was_never_saved_can_be_shown(lesson: LessonPage, concepts: dict[str, Concept]) -> None:
    page = LessonPage.objects.get()
    page.topics = [concepts["water"], concepts["afval"]]
    revision = page.save_revision().as_object()
    assert codes(concepts_of_page(revision)) == {"sectors": ["po"], "topics": ["afval", "water"]}
    new = KnowledgePage(title="Nieuw", topics=[concepts["energie"]])
    with CaptureQueriesContext(connection) as queries:
        tags = concepts_of_page(new)
    assert codes(tags) == {"topics": ["energie"]}
    assert all("stamps_stamp" in query["sql"] for query in queries)
