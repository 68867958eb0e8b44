"""The Atom feed of a search."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Page

from lessons.models import LessonIndexPage
from portal.content.models import HomePage
from search.indexing import drain
from tests.factories import LessonFactory

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def lessons(lesson_index: LessonIndexPage) -> LessonIndexPage:
    """Three lessons, the oldest first."""
    for number, (title, sector) in enumerate([("Walvissen", "po"), ("De walvis & de <zee>", "vo"), ("Papier", "po")]):
        lesson = LessonFactory(parent=lesson_index, title=title, sectors=[sector])
        published = timezone.now() - timedelta(days=9 - number)
        Page.objects.filter(pk=lesson.pk).update(first_published_at=published)
    drain("embedded")
    return lesson_index


def entries(client: Client, query: str) -> list[ElementTree.Element]:
    response = client.get(f"/zoeken/feed/?{query}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    return list(ElementTree.fromstring(response.content).iter(f"{ATOM}entry"))


def titles(client: Client, query: str) -> list[str]:
    return [entry.findtext(f"{ATOM}title") or "" for entry in entries(client, query)]


def test_it_holds_the_results_newest_first(client: Client, lessons: LessonIndexPage) -> None:
    assert titles(client, "q=walvis") == ["De walvis & de <zee>", "Walvissen"]
    assert titles(client, "q=walvis&sort=title&page=9") == ["De walvis & de <zee>", "Walvissen"]
    assert titles(client, "q=walvis&sector=po") == ["Walvissen"]
    assert titles(client, "") == ["Papier", "De walvis & de <zee>", "Walvissen"]
    assert titles(client, "q=zwoblix") == []


def test_its_links_are_absolute_whatever_host_was_asked(client: Client, lessons: LessonIndexPage, settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portaal.example"
    response = client.get("/zoeken/feed/?q=walvis&sector=po", headers={"host": "kwaad.example"})
    assert b"kwaad" not in response.content
    root = ElementTree.fromstring(response.content)
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://portaal.example/zoeken/?q=walvis&sector=po",
        "self": "https://portaal.example/zoeken/feed/?q=walvis&sector=po",
    }
    (entry,) = root.iter(f"{ATOM}entry")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert (link.get("href") or "").startswith("https://portaal.example/lessen/")


def test_an_entry_is_known_by_an_id_that_stays(client: Client, lessons: LessonIndexPage, settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portaal.example:8443"
    page = Page.objects.get(title="Walvissen")
    expected = f"tag:portaal.example,2026:page/{page.pk}"
    assert [entry.findtext(f"{ATOM}id") for entry in entries(client, "q=walvis&sector=po")] == [expected]
    page.slug = "elders"
    page.save()
    assert [entry.findtext(f"{ATOM}id") for entry in entries(client, "q=walvis&sector=po")] == [expected]


def test_a_reader_that_has_it_gets_it_no_second_time(client: Client, lessons: LessonIndexPage) -> None:
    first = client.get("/zoeken/feed/?q=walvis")
    assert client.get("/zoeken/feed/?q=walvis", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_what_is_unpublished_has_gone_though_the_index_lags(client: Client, lessons: LessonIndexPage) -> None:
    Page.objects.get(title="Walvissen").specific.unpublish()
    assert titles(client, "q=walvis") == ["De walvis & de <zee>"]


@pytest.mark.parametrize(
    "query",
    [
        "q=%EF%BF%BE%EF%BF%BF",
        "q=%01%0B]]>%3Cscript%3E",
        "q=%ED%A0%80",
        "q=" + "a" * 5000,
        "sector=nergens",
        "sector=" + "&sector=".join(map(str, range(500))),
        "q=%22%26%3C%27",
        "page=-1&sort=;",
    ],
)
def test_hostile_parameters_still_give_a_feed(client: Client, lessons: LessonIndexPage, query: str) -> None:
    entries(client, query)


def test_titles_that_xml_cannot_hold_do_not_break_it(client: Client, lessons: LessonIndexPage) -> None:
    Page.objects.filter(title="Papier").update(title="Pa\x0bpier\ufffe")
    assert titles(client, "")[0] == "Pa pier "


@pytest.mark.parametrize("query", ["q=%00", "q=" + "a" * 9000])
def test_what_the_portal_refuses_everywhere_is_refused(client: Client, site: HomePage, query: str) -> None:
    assert client.get(f"/zoeken/feed/?{query}").status_code == 400


def test_without_an_engine_readers_come_back_later(client: Client, site: HomePage, settings: Settings) -> None:
    settings.SEARCH_INDEX_DIR.mkdir(parents=True, exist_ok=True)
    (settings.SEARCH_INDEX_DIR / "CURRENT").write_text("nonsense")
    response = client.get("/zoeken/feed/?q=walvis")
    assert (response.status_code, response["Retry-After"]) == (503, "600")
