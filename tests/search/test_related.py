"""What related pages say of a page, and pages that are like what was found."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from lessons.models import LessonIndexPage, LessonPage
from portal.content.models import PageRelation
from search.finder import find
from search.indexing import drain
from search.query import SearchQuery
from tests.factories import LessonFactory, SectionFactory


@pytest.fixture
def pair(lesson_index: LessonIndexPage) -> tuple[LessonPage, LessonPage]:
    """Two lessons of which the first points to the second."""
    one = LessonFactory(parent=lesson_index, title="Orkest van restjes", summary="Muziek maken.")
    other = LessonFactory(parent=lesson_index, title="Wat zit er in onze prullenbak?", summary="Wegen en sorteren.")
    PageRelation.objects.create(source=one, target=other, note="Eerst trommels bouwen")
    drain("embedded")
    return one, other


def keys(text: str) -> set[str]:
    return {hit.key for hit in find(SearchQuery(text, correct=False)).hits}


def test_a_page_is_found_by_the_titles_and_notes_of_its_relations(pair: tuple[LessonPage, LessonPage]) -> None:
    one, other = map(str, (pair[0].pk, pair[1].pk))
    assert keys("prullenbak") == {one, other}
    assert keys("orkest") == {one, other}
    assert keys("trommels") == {one, other}


def test_a_relation_that_goes_takes_its_words_along(pair: tuple[LessonPage, LessonPage]) -> None:
    PageRelation.objects.all().delete()
    drain("embedded")
    assert keys("orkest") == {str(pair[0].pk)}
    assert keys("trommels") == set()


def test_a_page_that_is_taken_down_is_no_longer_spoken_of(pair: tuple[LessonPage, LessonPage]) -> None:
    pair[0].unpublish()
    drain("embedded")
    assert keys("orkest") == set()


@pytest.mark.parametrize("above", [False, True])
def test_a_page_that_is_closed_is_no_longer_spoken_of(above: bool, pair: tuple[LessonPage, LessonPage]) -> None:
    inside = SectionFactory(parent=pair[0].get_parent().get_parent().specific, title="Besloten")
    if above:
        PageViewRestriction.objects.create(page=inside, restriction_type="login")
        pair[0].move(inside, pos="last-child")
    else:
        PageViewRestriction.objects.create(page=pair[0], restriction_type="login")
    drain("embedded")
    assert keys("orkest") == set()


def test_a_new_title_reaches_the_pages_that_point_to_it(pair: tuple[LessonPage, LessonPage]) -> None:
    one, other = pair
    other.title = "De afvalweegschaal"
    other.save_revision().publish()
    drain("embedded")
    assert str(one.pk) in keys("afvalweegschaal")


def test_pages_like_the_answer_stand_under_a_heading_of_their_own(client: Client, lesson_index: LessonIndexPage) -> None:
    for number in range(6):
        LessonFactory(parent=lesson_index, title=f"Proef {number}", summary="Meten, wegen en rekenen met zaden.")
        LessonFactory(parent=lesson_index, title=f"Spel {number}", summary="Zingen en dansen in een kring.")
    LessonFactory(parent=lesson_index, title="De zonnebloem", summary="Meten, wegen en rekenen met zaden.")
    drain("embedded")
    page = client.get("/zoeken/?q=zonnebloem").content.decode()
    hits, _, related = page.partition('class="related"')
    assert "De <mark>zonnebloem</mark>" in hits
    assert "Proef 1" not in hits
    assert "Proef 1" in related
    assert "Spel 1" not in related
