"""The finder at /zoeken/ and on the page of lessons."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from lessons.models import LessonIndexPage, LessonPage
from portal.content.models import DomainPage, HomePage, KnowledgePage, SiteSettings
from search.indexing import drain
from tests import factories


@pytest.fixture
def found(lesson: LessonPage, article: KnowledgePage) -> None:
    """A lesson and an article in the index."""
    drain("embedded")


@pytest.fixture
def damaged() -> None:
    """The index names a file that is no database."""
    folder = Path(settings.SEARCH_INDEX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "broken.sqlite3").write_bytes(b"This is not a database." * 50)
    (folder / "CURRENT").write_text("broken.sqlite3", encoding="utf-8")


def test_everything_that_can_be_found(found: None, lesson: LessonPage, article: KnowledgePage, client: Client) -> None:
    page = client.get("/zoeken/").content.decode()
    assert lesson.title in page
    assert article.title in page


def test_the_finder_may_be_indexed_and_its_endless_results_not(found: None, client: Client) -> None:
    noindex = '<meta name="robots" content="noindex, follow">'
    plain = client.get("/zoeken/").content.decode()
    assert noindex not in plain
    assert '<meta name="description" content="Zoek in lessen' in plain
    for query in ("?q=afval", "?sector=po", "?page=2", "?weg=1"):
        assert noindex in client.get(f"/zoeken/{query}").content.decode(), query


def test_filters_narrow(found: None, lesson: LessonPage, article: KnowledgePage, client: Client) -> None:
    page = client.get("/zoeken/?sector=po").content.decode()
    assert lesson.title in page
    assert article.title not in page
    assert 'value="po" checked' in page


def test_the_page_of_lessons_finds_lessons_alone(found: None, lesson: LessonPage, article: KnowledgePage, client: Client) -> None:
    for query in ("", "?kind=kennis", "?q=afval"):
        page = client.get(f"/lessen/{query}").content.decode()
        assert lesson.title in page, query
        assert article.title not in page, query
        assert 'action="/lessen/"' in page
        assert 'name="kind"' not in page


def test_nothing_found_helps_and_says_whom_to_call(found: None, domain_page: DomainPage, client: Client) -> None:
    SiteSettings.objects.create(site_id=domain_page.get_site().pk, telephone="030 123 45 67")
    page = client.get("/zoeken/?q=xyzzyplugh&sector=vo").content.decode()
    assert "xyzzyplugh" in page
    assert 'href="/zoeken/?q=xyzzyplugh"' in page
    assert f'href="{domain_page.url}"' in page
    assert "tel:0301234567" in page


def test_without_an_engine_people_browse_and_call(
    found: None, damaged: None, domain_page: DomainPage, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    SiteSettings.objects.create(site_id=domain_page.get_site().pk, telephone="030 123 45 67")
    for path in ("/zoeken/?q=afval&sector=po", "/zoeken/", "/lessen/?q=afval"):
        answer = client.get(path)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert page.count('class="notice') == 1
        assert f'href="{domain_page.url}"' in page
        assert "tel:0301234567" in page
        assert "0 resultaten" not in page, "nobody looked, so nobody knows"
    assert "does not answer" in caplog.text
    assert client.get("/zoeken/suggesties/?q=les").json() == {"suggestions": []}


def test_without_an_index_nothing_is_found_and_nothing_breaks(site: HomePage, client: Client) -> None:
    assert client.get("/zoeken/?q=afval").status_code == 200


def test_suggestions_complete_titles(found: None, lesson: LessonPage, client: Client) -> None:
    answer = client.get("/zoeken/suggesties/", {"q": lesson.title[:2]})
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {"suggestions": [lesson.title]}
    assert client.get("/zoeken/suggesties/").json() == {"suggestions": []}


def test_pages_of_results(lesson_index: LessonIndexPage, client: Client) -> None:
    for number in range(23):
        factories.LessonFactory(parent=lesson_index, title=f"Les over afval {number:02}")
    drain("embedded")
    pages = [client.get(f"/zoeken/?q=afval&page={number}").content.decode() for number in (1, 2, 3)]
    seen = [{number for number in range(23) if f" {number:02}</a>" in page} for page in pages]
    assert [len(some) for some in seen] == [20, 3, 0]
    assert not seen[0] & seen[1]
    assert 'href="/zoeken/?q=afval&amp;page=2"' in pages[0]
    assert 'href="/zoeken/?q=afval"' in pages[2], "a way back from beyond the last page"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_asking_is_reading(site: HomePage, client: Client, method: str) -> None:
    assert getattr(client, method)("/zoeken/").status_code == 405
    assert getattr(client, method)("/zoeken/suggesties/").status_code == 405


def test_the_finder_is_kept_by_nobody_else(found: None, client: Client) -> None:
    answer = client.get("/zoeken/?q=afval")
    assert answer["Cache-Control"] == "private, no-cache"
    assert not answer.cookies


def test_an_unknown_filter_is_said(found: None, client: Client, lesson: LessonPage) -> None:
    page = client.get("/zoeken/?sector=weg").content.decode()
    assert page.count('class="notice') == 1
    assert lesson.title in page
