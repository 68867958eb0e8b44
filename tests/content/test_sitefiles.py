"""What machines ask a site for."""

import functools
import operator
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page

from portal.content import sitefiles
from portal.content.models import HomePage, KnowledgePage, SectionPage
from tests import factories

NAMES = {"map": sitefiles.SITEMAP_NAMESPACE}


@pytest.fixture(autouse=True)
def public_address(settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portaal.example.org"


def locations(content: bytes) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(content).findall(".//map:loc", NAMES)]


def test_robots_names_the_sitemap_and_keeps_machines_from_endless_views(client: Client, site: HomePage) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: https://portaal.example.org/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /zoeken/?"} <= set(lines)


def test_public_pages_with_their_day(article: KnowledgePage, section: SectionPage, client: Client) -> None:
    factories.KnowledgeFactory(parent=section, live=False, title="Concept")
    article.create_alias(update_slug="dubbel")
    Page.objects.filter(pk=article.pk).update(last_published_at=datetime(2026, 11, 3, tzinfo=UTC))
    answer = client.get("/sitemap.xml", headers={"Host": "elders.example.org"})
    assert answer["Content-Type"].startswith("application/xml")
    base = "https://portaal.example.org"
    assert locations(answer.content) == [f"{base}/", f"{base}/kennis/", f"{base}/kennis/{article.slug}/"]
    days = [element.text for element in ElementTree.fromstring(answer.content).findall(".//map:lastmod", NAMES)]
    assert days[-1] == "2026-11-03"


def test_addresses_are_written_as_the_protocol_asks(site: HomePage, client: Client) -> None:
    factories.SectionFactory(parent=site, slug="één-zee")
    assert "https://portaal.example.org/%C3%A9%C3%A9n-zee/" in locations(client.get("/sitemap.xml").content)


def test_many_pages_are_split_and_every_page_stands_in_one_part(
    section: SectionPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        factories.KnowledgeFactory(parent=section)
    whole = locations(client.get("/sitemap.xml").content)
    monkeypatch.setattr(sitefiles, "SITEMAP_SIZE", 3)
    parts = locations(client.get("/sitemap.xml").content)
    assert parts == [f"https://portaal.example.org/sitemap-{number}.xml" for number in (1, 2, 3)]
    found = [locations(client.get(part.removeprefix("https://portaal.example.org")).content) for part in parts]
    assert [len(part) for part in found] == [3, 3, 1]
    assert sorted(functools.reduce(operator.iadd, found, [])) == sorted(whole)
    assert client.get("/sitemap-4.xml").status_code == 404


def test_a_sitemap_takes_few_queries(section: SectionPage, client: Client, django_assert_max_num_queries: object) -> None:
    for _ in range(5):
        factories.KnowledgeFactory(parent=section)
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        client.get("/sitemap.xml")
