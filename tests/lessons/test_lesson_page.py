"""A lesson: its card, its page, what it needs, whom it serves and why."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lessons.facets import MINUTES, minutes_code
from lessons.models import CurriculumLink, LessonIndexPage, LessonPage
from lessons.presentation import lesson_context
from lessons.search import lesson_documents
from portal.content.cards import cards_for
from portal.media.storing import store_document
from portal.vocabulary.lookup import Vocabulary
from portal.vocabulary.models import Concept
from portal.vocabulary.tags import concepts_of
from search.indexing import drain
from tests.factories import KnowledgeFactory, LessonFactory, SectionFactory


def facts(lesson: LessonPage) -> list[str]:
    return lesson.card_facts(concepts_of([lesson])[lesson.pk])


def text_of(client: Client, lesson: LessonPage) -> str:
    answer = client.get(lesson.url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"grades": ["po-groep-6"], "minutes": 50}, ["groep 6", "50 minuten"]),
        ({"grades": ["po-groep-5", "po-groep-6"], "minutes": 50}, ["groep 5, groep 6", "50 minuten"]),
        ({"grades": ["po-groep-5", "po-groep-6", "po-groep-7"], "minutes": 50}, ["groep 5, groep 6 en meer", "50 minuten"]),
        ({"grades": [], "sectors": ["po"], "minutes": None}, ["Primair onderwijs"]),
        ({"grades": [], "sectors": ["po"], "minutes": 50, "cost": "gratis"}, ["Primair onderwijs", "50 minuten", "gratis"]),
        ({"grades": [], "sectors": ["po"], "minutes": None, "cost": "x" * 31}, ["Primair onderwijs"]),
    ],
)
def test_a_card_tells_for_whom_how_long_and_at_what_cost(
    values: dict[str, Any], expected: list[str], lesson_index: LessonIndexPage
) -> None:
    found = facts(LessonFactory(parent=lesson_index, **values))
    assert [fact.lower() for fact in found] == [fact.lower() for fact in expected]


def test_a_draft_for_nobody_yet_has_no_empty_fact(lesson_index: LessonIndexPage, admin_client: Client) -> None:
    lesson = LessonFactory(parent=lesson_index, grades=[], sectors=["po"], minutes=50)
    assert "#i-people" in glance(admin_client, lesson)
    lesson.sectors.clear()
    lesson.save_revision(clean=False)
    draft = glance(admin_client, lesson)
    assert "#i-people" not in draft
    assert "50 minuten" in draft


def glance(client: Client, lesson: LessonPage) -> str:
    """The strip of facts in the preview of a draft."""
    page = client.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])).content.decode()
    return page.partition('<dl class="glance">')[2].partition("</dl>")[0]


def test_what_you_need_is_one_thing_a_line(db: None) -> None:
    lesson = LessonPage(needs="  een weegschaal\r\n\n handschoenen \n\t\n<b>touw</b>")
    assert lesson.needs_list() == ["een weegschaal", "handschoenen", "<b>touw</b>"]
    assert LessonPage().needs_list() == []


@pytest.mark.parametrize(("languages", "foreign"), [(["en"], True), (["nl", "en"], False), (["nl"], False), ([], False)])
def test_a_text_that_is_not_dutch_says_so(
    lesson_index: LessonIndexPage, client: Client, languages: list[str], foreign: bool
) -> None:
    lesson = LessonFactory(parent=lesson_index, languages=languages)
    page = text_of(client, lesson)
    for start in ("<h1", "<p", "<h3"):
        assert (f'{start} lang="en">' in page) is foreign
    (card,) = cards_for([lesson])
    assert card.language == ("en" if foreign else "")


def test_the_page_shows_what_a_teacher_needs(lesson_index: LessonIndexPage, client: Client) -> None:
    document = store_document(ContentFile(b"Weeg het.", name="blad.txt"), title="Een stuk")
    lesson = LessonFactory(
        parent=lesson_index,
        needs="een weegschaal\n<b>touw</b>",
        cost="gratis",
        group_size="twee tot vier",
        preparation="<p>Haal een bak.</p>",
        materials=[
            ("document", {"title": "Werkblad wegen", "document": document, "audience": "pupil"}),
            ("link", {"title": "Kaart", "url": "https://example.org/kaart", "audience": "teacher"}),
        ],
        licence="cc-by-40",
        maker="De Regenboog",
    )
    page = text_of(client, lesson)
    for words in (
        lesson.goal,
        "<li>een weegschaal</li>",
        "&lt;b&gt;touw",
        "gratis",
        "twee tot vier",
        "Haal een bak.",
        "De Regenboog",
    ):
        assert words in page
    assert f'<a href="{document.url}" download>' in page
    assert "Werkblad wegen" in page
    assert "txt" in page
    assert 'href="https://example.org/kaart"' in page
    assert 'rel="license"' in page
    assert "data-print" in page
    download = client.get(document.url)
    assert b"".join(download.streaming_content) == b"Weeg het."


def test_a_lesson_that_stands_elsewhere_leads_there(lesson_index: LessonIndexPage, client: Client) -> None:
    lesson = LessonFactory(
        parent=lesson_index, elsewhere=True, steps=(), source_url="https://example.org/les", maker="<i>NME</i> Centrum"
    )
    page = text_of(client, lesson)
    assert '<a class="button" href="https://example.org/les">' in page
    assert "&lt;i&gt;NME&lt;/i&gt; Centrum" in page
    assert "data-print" not in page, "there is nothing here to print"


def test_each_goal_with_its_set_and_why(lesson: LessonPage, client: Client, vocabulary: Vocabulary) -> None:
    goal = Concept.objects.filter(scheme="curriculum", broader__isnull=False).order_by("order").first()
    assert goal is not None
    lesson.curriculum = [CurriculumLink(concept=goal, why="Ze <wegen> afval.", sort_order=1)]
    lesson.save_revision().publish()
    (shown,) = lesson_context(lesson, RequestFactory().get("/"))["curriculum"]
    value = vocabulary.by_id(goal.pk)
    assert value is not None
    assert shown.concept == value
    assert shown.collection == vocabulary.ancestors(value)[-1]
    page = text_of(client, lesson)
    assert "Ze &lt;wegen&gt; afval." in page
    assert shown.collection.label in page


def test_a_set_of_goals_stands_for_itself(lesson: LessonPage) -> None:
    top = Concept.objects.filter(scheme="curriculum", broader__isnull=True).first()
    lesson.curriculum = [CurriculumLink(concept=top, why="Alles.", sort_order=1)]
    lesson.save_revision().publish()
    (shown,) = lesson_context(lesson, RequestFactory().get("/"))["curriculum"]
    assert shown.collection is None


def test_lessons_like_it_are_lessons_that_everybody_may_see(lesson_index: LessonIndexPage, client: Client) -> None:
    words = {"goal": "Bijen en vlinders herkennen op het schoolplein.", "summary": "Bijen en vlinders."}
    lesson, twin, hidden = (LessonFactory(parent=lesson_index, title=f"Bijen {number}", **words) for number in range(3))
    LessonFactory(parent=lesson_index, title="Zonnepanelen op het dak", goal="Rekenen aan stroom.", summary="Stroom.")
    section = SectionFactory(parent=lesson_index.get_parent().specific, slug="kennis")
    article = KnowledgeFactory(parent=section, title="Bijen en vlinders", summary=words["summary"])
    drain("embedded")
    hidden.unpublish()
    similar = lesson_context(lesson, RequestFactory().get("/"))["similar"]
    assert twin.pk in {card.key for card in similar}
    assert not {lesson.pk, hidden.pk, article.pk} & {card.key for card in similar}
    assert len(similar) <= 3
    assert twin.title in text_of(client, lesson)


@pytest.mark.parametrize(
    ("minutes", "code"), [(5, "tot-30"), (30, "tot-30"), (31, "30-60"), (60, "30-60"), (120, "60-120"), (121, "langer")]
)
def test_the_length_of_a_lesson_as_a_filter(minutes: int, code: str) -> None:
    assert minutes_code(minutes) == code
    assert code in MINUTES


def test_how_a_lesson_is_found(lesson_index: LessonIndexPage) -> None:
    lesson = LessonFactory(
        parent=lesson_index, minutes=45, licence="cc-by-40", sectors=["po"], grades=["po-groep-6"], needs="een loep"
    )
    (document,) = lesson_documents([lesson], {str(lesson.pk): 7})
    assert (document.key, document.revision, document.kind, document.minutes) == (str(lesson.pk), 7, "les", 45)
    assert document.facets["minutes"] == ("30-60",)
    assert document.facets["licence"] == ("cc-by-40",)
    assert document.facets["kind"] == ("les",)
    assert set(document.facets["grade"]) >= {"po-groep-6"}
    for words in (lesson.goal, "een loep", "Kijk in de prullenbak."):
        assert words in document.body
    plain = LessonFactory(parent=lesson_index, minutes=None)
    (document,) = lesson_documents([plain], {str(plain.pk): 8})
    assert "minutes" not in document.facets
    assert "licence" not in document.facets


def test_documents_of_lessons_take_as_many_queries_for_many(
    lesson_index: LessonIndexPage, django_assert_num_queries: Any
) -> None:
    lessons = [LessonFactory(parent=lesson_index, licence="cc-by-40") for _ in range(4)]
    lessons = list(LessonPage.objects.filter(pk__in=[lesson.pk for lesson in lessons]))
    revisions = dict.fromkeys((str(lesson.pk) for lesson in lessons), 1)
    lesson_documents(lessons[:1], revisions)
    counts = []
    for some in (lessons[:1], lessons):
        with CaptureQueriesContext(connection) as queries:
            lesson_documents(some, revisions)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_of_lessons_shows_the_editors_text_above_the_finder(lesson_index: LessonIndexPage, client: Client) -> None:
    lesson_index.summary = "Kies een les die morgen past."
    lesson_index.body = [("text", "<p>Alle lessen zijn <b>getest</b>.</p>")]
    lesson_index.save_revision().publish()
    page = client.get("/lessen/").content.decode()
    assert page.index("Kies een les") < page.index("<b>getest</b>") < page.index('id="finder"')


def test_new_lessons_stand_on_the_home_page(lesson: LessonPage, client: Client) -> None:
    assert lesson.title in client.get("/").content.decode()
    lesson.unpublish()
    home = client.get("/").content.decode()
    assert lesson.title not in home
    assert "Nieuwe lessen" not in home, "no heading above nothing"
