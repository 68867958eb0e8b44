"""Atom feeds of what is new."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from lessons.models import LessonPage
from portal.content.models import HomePage, KnowledgePage

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return [entry.findtext(f"{ATOM}title") or "" for entry in ElementTree.fromstring(response.content).iter(f"{ATOM}entry")]


def test_the_feed_holds_what_is_live_newest_first(client: Client, lesson: LessonPage, article: KnowledgePage) -> None:
    assert titles(client, "/feeds/nieuw.xml") == [article.title, lesson.title]
    article.unpublish()
    assert titles(client, "/feeds/nieuw.xml") == [lesson.title]


def test_each_kind_has_a_feed_of_its_own(client: Client, lesson: LessonPage, article: KnowledgePage) -> None:
    assert titles(client, "/feeds/les.xml") == [lesson.title]
    assert titles(client, "/feeds/kennis.xml") == [article.title]
    assert titles(client, "/feeds/nieuws.xml") == []


def test_links_are_absolute_and_from_the_settings(client: Client, lesson: LessonPage, settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portaal.example"
    feed = client.get("/feeds/les.xml", headers={"host": "kwaad.example"}).content.decode()
    assert f"https://portaal.example/lessen/{lesson.slug}/" in feed
    assert "kwaad.example/lessen" not in feed


def test_an_entry_has_the_same_id_in_every_feed(client: Client, lesson: LessonPage, settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portaal.example"
    for address in ("/feeds/les.xml", "/feeds/nieuw.xml"):
        root = ElementTree.fromstring(client.get(address).content)
        assert [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")] == [
            f"tag:portaal.example,2026:page/{lesson.pk}"
        ]


@pytest.mark.parametrize("address", ["/feeds/iets.xml", "/feeds/.xml", "/feeds/les.xml/"])
def test_a_feed_that_does_not_exist_is_not_found(client: Client, site: HomePage, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_number_of_queries_does_not_grow(client: Client, lesson: LessonPage, django_assert_max_num_queries) -> None:
    client.get("/feeds/nieuw.xml")
    with django_assert_max_num_queries(12):
        client.get("/feeds/nieuw.xml")


@pytest.mark.parametrize("address", ["/feeds/nieuw.xml", "/feeds/les.xml"])
def test_a_character_that_xml_cannot_hold_becomes_a_space(client: Client, lesson: LessonPage, address: str) -> None:
    LessonPage.objects.filter(pk=lesson.pk).update(title="Afval\x0bscheiden\ufffe", summary="In\x1f een zin.")
    assert titles(client, address) == ["Afval scheiden "]
    assert ">In  een zin.</summary>" in client.get(address).content.decode()
