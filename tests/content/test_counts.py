"""How often a public page asks the database: few times, and as often with thirty lessons as with three.

`warm`: the same page again, nothing changed. `cold`: right after a publication, when every kept document is out of date.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

from lessons.models import LessonIndexPage
from portal.content.models import BasePage, DomainPage, HomePage, PageRelation, SectionPage
from portal.media.models import PortalDocument
from portal.media.renditions import ensure_renditions
from portal.media.storing import store_document
from portal.stamps.models import CONTENT, bump
from search.indexing import drain
from tests import factories

# Path → most queries warm, most queries cold. The finder is never kept, so its two numbers differ by the snapshot alone.
LIMITS = {
    "/": (2, 12),
    "/kennis/": (2, 12),
    "/lessen/les-0/": (2, 18),
    "/kennis/artikel-0/": (2, 15),
    "/domein/": (2, 21),
    "/lessen/": (7, 13),
    "/zoeken/?q=afval": (6, 12),
    "/zoeken/?q=afval&sector=po&kind=les": (6, 12),
    "/zoeken/": (6, 12),
    "/zoeken/suggesties/?q=les": (0, 0),
    "/bestaat-niet/": (5, 11),
    "/robots.txt": (0, 0),
}


@pytest.fixture
def fill(site: HomePage, section: SectionPage, lesson_index: LessonIndexPage, domain_page: DomainPage) -> Callable[[int], None]:
    """Fills the site up to this many lessons and articles, each with pictures and relations to others."""
    made: list[Any] = []
    domain_page.slug = "domein"
    domain_page.save_revision().publish()

    def make(number: int) -> None:
        for index in range(len(made), number):
            images = [factories.make_image(f"Plaat {index} {part}") for part in range(3)]
            for image in images:
                ensure_renditions(image)
            pictures = [("image", {"image": image, "caption": ""}) for image in images]
            steps = [("step", {"phase": "work", "minutes": 5, "title": "Doen", "body": pictures[:2]}) for _ in range(3)]
            lesson = factories.LessonFactory(
                parent=lesson_index,
                title=f"Les {index} over afval",
                slug=f"les-{index}",
                image=images[0],
                steps=steps,
                materials=[("document", {"title": "Werkblad", "document": make_document(f"Blad {index}"), "audience": "pupil"})],
            )
            article = factories.KnowledgeFactory(
                parent=section, title=f"Artikel {index} over afval", slug=f"artikel-{index}", image=images[1], body=pictures
            )
            PageRelation.objects.create(source_id=article.pk, target_id=lesson.pk)
            if made:
                PageRelation.objects.create(source_id=made[0].pk, target_id=lesson.pk)
            made.append(lesson)
        drain("embedded")

    return make


def make_document(title: str) -> PortalDocument:
    return store_document(ContentFile(title.encode(), name="blad.txt"), title=title)


def count(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code in {200, 404}
    return len(queries)


def measured(client: Client, path: str) -> tuple[int, int]:
    client.get(path)
    warm = count(client, path)
    bump(CONTENT)
    return warm, count(client, path)


def more(now: tuple[int, int], then: tuple[int, int]) -> bool:
    return now[0] > then[0] or now[1] > then[1]


def test_pages_ask_rarely_and_no_more_often_when_there_is_more(fill: Callable[[int], None], client: Client) -> None:
    fill(3)
    few = {path: measured(client, path) for path in LIMITS}
    fill(12)
    many = {path: measured(client, path) for path in LIMITS}
    too_many = {path: numbers for path, numbers in many.items() if more(numbers, LIMITS[path])}
    assert not too_many, f"(warm, cold) of all pages: {many}"
    grown = {
        path: (few[path], numbers)
        for path, numbers in many.items()
        if any(now > then for now, then in zip(numbers, few[path], strict=True))
    }
    assert not grown, "these ask more often when there is more"


def test_a_first_visit_of_a_process_is_affordable(fill: Callable[[int], None], client: Client) -> None:
    """Nothing is known yet: no vocabulary, no snapshot, no content types."""
    fill(3)
    ContentType.objects.clear_cache()
    for cache in caches.all():
        cache.clear()
    assert count(client, "/lessen/les-0/") <= 30


def files() -> dict[Path, int]:
    root = Path(settings.MEDIA_ROOT)
    return {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}


def test_reading_writes_nothing(fill: Callable[[int], None], client: Client) -> None:
    fill(2)
    unfinished = factories.make_image("Nog niet klaar")
    page = factories.KnowledgeFactory(parent=SectionPage.objects.get(), image=unfinished, body=[("image", {"image": unfinished})])
    before = files()
    for path in (*LIMITS, page.url, "/sitemap.xml"):
        bump(CONTENT)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
            client.head(path)
        statements = [query["sql"] for query in queries]
        assert [sql for sql in statements if not sql.lstrip("(").startswith("SELECT")] == [], path
        assert not [sql for sql in statements if "FOR UPDATE" in sql], path
    assert files() == before


def test_control_the_log_shows_writing(site: HomePage) -> None:
    with CaptureQueriesContext(connection) as queries:
        bump(CONTENT)
    assert any(query["sql"].startswith("UPDATE") for query in queries)


# Page type → most queries right after a publication; kept it costs two whatever the type.
COLD = {
    "AnswerPage": 15,
    "ExamplePage": 13,
    "KnowledgePage": 13,
    "LessonPage": 15,
    "NewsPage": 13,
    "OrganisationPage": 13,
    "PracticalHelpPage": 13,
    "StandardPage": 11,
}


def relate(page: Any, articles: list[Any]) -> None:
    """From the page to half of these, and from the others to the page."""
    PageRelation.objects.bulk_create(
        PageRelation(source_id=page.pk, target_id=other.pk) if number % 2 else PageRelation(source_id=other.pk, target_id=page.pk)
        for number, other in enumerate(articles)
    )


@pytest.mark.parametrize("name", COLD)
def test_every_page_type_asks_rarely_and_no_more_often_with_more_around_it(
    name: str, site: HomePage, section: SectionPage, client: Client
) -> None:
    (model,) = (model for model in get_page_models() if model.__name__ == name)
    page = factories.make_page(model, site)
    articles = [factories.KnowledgeFactory(parent=section) for _ in range(8)]
    relate(page, articles[:2])
    few = measured(client, page.url)
    relate(page, articles[2:])
    for _ in range(3):
        factories.PAGE_FACTORIES[model](parent=page.get_parent().specific)
    many = measured(client, page.url)
    assert many == few
    assert not more(many, (2, COLD[name])), many


def test_every_page_type_is_counted() -> None:
    listed = {"HomePage", "SectionPage", "DomainPage", "LessonIndexPage"}
    pages = {model.__name__ for model in get_page_models() if issubclass(model, BasePage)}
    assert pages == listed | COLD.keys()
