"""Words and promoted results of the editors, their desk, and their file."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lessons.models import LessonIndexPage, LessonPage
from search.editorial import lookup
from search.editorial.table import TableError, read_table, replace_all, write_table
from search.finder import find
from search.indexing import rebuild
from search.models import Promotion, SearchCount, SynonymGroup, WholeWord
from search.query import SearchQuery
from tests.factories import LessonFactory, UserFactory


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "_kept", None)


@pytest.fixture
def editor(db: None, client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.fixture
def two_lessons(lesson_index: LessonIndexPage) -> tuple[LessonPage, LessonPage]:
    one = LessonFactory(parent=lesson_index, title="De fietsenstalling")
    other = LessonFactory(parent=lesson_index, title="Soep koken met een groep")
    rebuild("embedded")
    return one, other


def keys(text: str) -> list[str]:
    return [hit.key for hit in find(SearchQuery(text=text)).hits]


def test_a_synonym_works_at_the_next_search_and_stops_with_it(two_lessons: tuple[LessonPage, LessonPage]) -> None:
    one, _ = two_lessons
    assert keys("rijwielhok") == []
    group = SynonymGroup.objects.create(words="rijwielhok, fietsenstalling")
    assert keys("rijwielhok") == [str(one.pk)]
    group.delete()
    assert keys("rijwielhok") == []


def test_a_word_that_is_not_split_is_found_as_a_whole_only(two_lessons: tuple[LessonPage, LessonPage]) -> None:
    from search.finder import planner

    assert any(len(way.stems) > 1 for group in planner_groups("soepgroep") for way in group)
    WholeWord.objects.create(word="soepgroep")
    assert not any(len(way.stems) > 1 for group in planner_groups("soepgroep") for way in group)
    assert planner()


def planner_groups(text: str) -> Any:
    from search.finder import engine_for

    return engine_for("embedded").plan(text).groups


def test_a_promoted_page_stands_on_top_until_its_day(client: Client, two_lessons: tuple[LessonPage, LessonPage]) -> None:
    one, other = two_lessons
    promotion = Promotion.objects.create(text="koken", page=one)
    page = client.get("/zoeken/?q=Koken").content.decode()
    assert page.index(one.title) < page.index(other.slug)
    promotion.until = timezone.localdate() - timedelta(days=1)
    promotion.save()
    hits, _, _ = client.get("/zoeken/?q=Koken").content.decode().partition('class="related"')
    assert one.slug not in hits


def test_a_promoted_page_that_is_not_public_stays_hidden(client: Client, two_lessons: tuple[LessonPage, LessonPage]) -> None:
    one, _ = two_lessons
    Promotion.objects.create(text="koken", page=one)
    one.unpublish()
    assert one.slug not in client.get("/zoeken/?q=koken").content.decode()


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (SynonymGroup, {"words": "alleen"}),
        (SynonymGroup, {"words": ", ,"}),
        (WholeWord, {"word": "twee woorden"}),
        (Promotion, {"text": " "}),
    ],
)
def test_what_cannot_work_is_refused(db: None, model: Any, values: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        model(**values).full_clean()


def test_the_file_goes_out_and_comes_back_the_same(db: None) -> None:
    SynonymGroup.objects.create(words="afval, vuilnis", note="=1+1")
    text = write_table()
    assert "\n'=" in text or ";'=" in text
    assert replace_all(read_table(text.encode())) == (0, 0)
    assert SynonymGroup.objects.get().note == "=1+1"


@pytest.mark.parametrize("words", ["'s ochtends, in de morgen", "'=a, b", "\uff1da, b"])
def test_apostrophes_of_their_own_come_back(db: None, words: str) -> None:
    SynonymGroup.objects.create(words=words, note="'t begin")
    assert replace_all(read_table(write_table().encode())) == (0, 0)
    group = SynonymGroup.objects.get()
    assert (group.words, group.note) == (words, "'t begin")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("auto, wagen;" + "x" * 201, ["‘toelichting’", "200"]),
        ("auto, " + "x" * 600 + ";", ["‘woorden’", "600"]),
        ("auto;", ["komma"]),
    ],
)
def test_each_problem_of_a_row_has_its_own_words(db: None, row: str, said: list[str]) -> None:
    with override("nl"), pytest.raises(TableError) as caught:
        read_table(f"woorden;toelichting\n{row}\n".encode())
    (problem,) = caught.value.problems
    assert "2" in problem
    assert [word for word in said if word not in problem] == []


def test_a_file_with_problems_changes_nothing_and_names_them(db: None, editor: Client) -> None:
    SynonymGroup.objects.create(words="afval, vuilnis")
    upload = SimpleUploadedFile("s.csv", b"woorden;toelichting\nfiets;\nauto, wagen;\n")
    response = editor.post(reverse("search-synonyms-import"), {"file": upload})
    assert response.status_code == 200
    assert "2" in response.content.decode()
    assert SynonymGroup.objects.get().words == "afval, vuilnis"


@pytest.mark.parametrize("raw", [b"\x00\x01", b'"' * 200_000, b"a;b\n" * 6_000, b"x" * 1_000_001, "é, è;\n".encode("cp1252")[:3]])
def test_hostile_files_are_refused(db: None, raw: bytes) -> None:
    with pytest.raises(TableError):
        replace_all(read_table(raw))


def test_the_file_replaces_all(db: None, editor: Client) -> None:
    SynonymGroup.objects.create(words="afval, vuilnis")
    upload = SimpleUploadedFile("s.csv", b"woorden;toelichting\nauto, wagen;vervoer\n")
    assert editor.post(reverse("search-synonyms-import"), {"file": upload}).status_code == 302
    assert [group.words for group in SynonymGroup.objects.all()] == ["auto, wagen"]


def test_the_desk_opens(editor: Client, two_lessons: tuple[LessonPage, LessonPage]) -> None:
    SearchCount.objects.create(day=timezone.localdate(), text="zwoblix", searches=3, without_result=3)
    Promotion.objects.create(text="koken", page=two_lessons[0])
    for name in (
        "synonyms:index",
        "synonyms:add",
        "whole_words:index",
        "promotions:index",
        "promotions:add",
        "search-synonyms-export",
    ):
        assert editor.get(reverse(name)).status_code == 200, name
    assert "zwoblix" in editor.get(reverse("search-report")).content.decode()
    tried = editor.get(reverse("search-try-out"), {"q": "koken <b>"}).content.decode()
    assert two_lessons[1].title in tried
    assert "<b>" not in tried.split("nice-padding")[1].split("</form>")[0]


def test_visitors_do_not_see_the_desk(client: Client, two_lessons: tuple[LessonPage, LessonPage]) -> None:
    for name in ("search-report", "search-try-out", "search-synonyms-import", "search-synonyms-export"):
        assert client.get(reverse(name)).status_code in (302, 403, 404)


@pytest.mark.parametrize("name", ["search-try-out", "search-report", "search-synonyms-export"])
def test_what_only_shows_takes_nothing(editor: Client, name: str) -> None:
    assert editor.post(reverse(name)).status_code == 405
