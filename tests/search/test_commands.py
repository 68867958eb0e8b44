"""The finder from the shell."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from lessons.models import LessonIndexPage, LessonPage
from portal.content.models import KnowledgePage
from search import finder, indexing
from search.indexing import drain
from search.management.commands import search_rebuild
from search.models import IndexRow
from tests import factories


@pytest.fixture
def damaged() -> None:
    folder = Path(settings.SEARCH_INDEX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "CURRENT").write_text("folder.sqlite3", encoding="utf-8")
    (folder / "folder.sqlite3").mkdir()


def out(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command(*arguments)
    return capsys.readouterr().out


@pytest.fixture
def butterflies(lesson_index: LessonIndexPage) -> LessonPage:
    return factories.LessonFactory(parent=lesson_index, title="Vlinders kijken")


def test_trying_a_search(butterflies: LessonPage, article: KnowledgePage, capsys: pytest.CaptureFixture[str]) -> None:
    drain("embedded")
    lines = out(capsys, "search_query", "vlinders").splitlines()
    assert lines[0] == "1 found"
    assert butterflies.title in lines[1]
    assert butterflies.url in lines[1]
    assert out(capsys, "search_query", "", "--facet", "sector=po").startswith("1 found")
    assert out(capsys, "search_query", "", "--facet", "sector=po", "--facet", "kind=kennis").startswith("0 found")
    assert "did you mean" in out(capsys, "search_query", "vlindres")


def test_as_json(butterflies: LessonPage, article: KnowledgePage, capsys: pytest.CaptureFixture[str]) -> None:
    drain("embedded")
    answer = json.loads(out(capsys, "search_query", "vlinders", "--json"))
    assert answer["total"] == 1
    assert [(hit["key"], hit["title"], hit["url"]) for hit in answer["hits"]] == [
        (str(butterflies.pk), butterflies.title, butterflies.url)
    ]
    assert answer["facets"]["kind"] == {"les": 1}


@pytest.mark.parametrize("pair", ["sector", "weg=po", "=po", "sector=weg"])
def test_a_filter_that_does_not_exist(pair: str, lesson: LessonPage) -> None:
    with pytest.raises(CommandError):
        call_command("search_query", "afval", "--facet", pair)


def test_an_engine_that_does_not_answer(lesson: LessonPage, damaged: None) -> None:
    with pytest.raises(CommandError, match="does not answer"):
        call_command("search_query", "afval")
    with pytest.raises(CommandError, match="embedded"):
        call_command("search_reconcile")


def test_rebuilding(lesson: LessonPage, article: KnowledgePage, capsys: pytest.CaptureFixture[str]) -> None:
    assert out(capsys, "search_rebuild").startswith("embedded: 2 documents in ")
    assert set(finder.engine_for("embedded").revisions()) == {str(lesson.pk), str(article.pk)}
    with pytest.raises(CommandError):
        call_command("search_rebuild", "--sink", "weg")


def test_a_long_rebuild_says_how_far_it_is(
    lesson_index: LessonIndexPage, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "BATCH", 1)
    monkeypatch.setattr(search_rebuild, "STEP", 2)
    for number in range(3):
        factories.LessonFactory(parent=lesson_index, title=f"Vlinders {number}")
    call_command("search_rebuild")
    assert capsys.readouterr().err == "embedded: 2 of 3 pages read\n"


def test_comparing(lesson: LessonPage, article: KnowledgePage, capsys: pytest.CaptureFixture[str]) -> None:
    drain("embedded")
    assert out(capsys, "search_reconcile") == "embedded: agrees with the database\n"
    article.unpublish()
    IndexRow.objects.all().delete()
    assert out(capsys, "search_reconcile") == "embedded: 1 differences mended\n"
    assert out(capsys, "search_reconcile") == "embedded: agrees with the database\n"
