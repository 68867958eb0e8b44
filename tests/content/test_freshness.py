"""What is kept in memory is never older than the database, in no process."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time
from wagtail.models import Page, PageViewRestriction, Site

from lessons.models import LessonPage
from portal.content.models import HomePage, KnowledgePage, NewsPage, PageRelation, SectionPage, SiteSettings, StandardPage
from portal.content.snapshot import current
from portal.content.tasks import publish_scheduled
from portal.media.models import PortalRendition
from portal.media.renditions import ensure_renditions
from portal.vocabulary.models import Concept
from tests import factories
from tests.processes import WebProcess


def test_control_what_is_kept_is_not_made_again(article: KnowledgePage, client: Client) -> None:
    """A change that no signal tells of stays unseen: so the others below are seen because they are told."""
    before = client.get(article.url).content
    Page.objects.filter(pk=article.pk).update(title="Stiekem anders")
    assert client.get(article.url).content == before
    caches["documents"].clear()
    assert "Stiekem anders" in client.get(article.url).content.decode()


class Change:
    """Ways to change what a visitor of `article` sees; each returns a text that must then stand on the page, or must not."""

    @staticmethod
    def publish(article: KnowledgePage) -> tuple[str, bool]:
        article.title = "Nieuwe titel"
        article.save_revision().publish()
        return "Nieuwe titel", True

    @staticmethod
    def save_without_publishing_signal(article: KnowledgePage) -> tuple[str, bool]:
        article.title = "Uit een programma"
        article.save()
        return "Uit een programma", True

    @staticmethod
    def publish_by_schedule(article: KnowledgePage) -> tuple[str, bool]:
        article.title = "Op tijd"
        article.go_live_at = timezone.now() + timedelta(minutes=1)
        article.save_revision().publish()
        with freeze_time(timezone.now() + timedelta(minutes=2)):
            publish_scheduled()
        return "Op tijd", True

    @staticmethod
    def site_settings(article: KnowledgePage) -> tuple[str, bool]:
        site = Site.objects.get()
        SiteSettings.objects.update_or_create(site=site, defaults={"name": "Andere naam", "telephone": "030 123 45 67"})
        return "tel:0301234567", True

    @staticmethod
    def concept(article: KnowledgePage) -> tuple[str, bool]:
        concept = Concept.objects.get(scheme="wsa", code="curriculum")
        concept.label_nl = "Leerplan en zo"
        concept.save()
        return "Leerplan en zo", True

    @staticmethod
    def relation(article: KnowledgePage) -> tuple[str, bool]:
        other = factories.AnswerFactory(parent=article.get_parent().specific, title="Wie helpt ons?")
        PageRelation.objects.create(source_id=other.pk, target_id=article.pk)
        return "Wie helpt ons?", True

    @staticmethod
    def related_page_unpublished(article: KnowledgePage) -> tuple[str, bool]:
        Page.objects.get(title="Verwante pagina").specific.unpublish()
        return "Verwante pagina", False

    @staticmethod
    def related_page_deleted(article: KnowledgePage) -> tuple[str, bool]:
        Page.objects.get(title="Verwante pagina").delete()
        return "Verwante pagina", False

    @staticmethod
    def related_page_restricted(article: KnowledgePage) -> tuple[str, bool]:
        PageViewRestriction.objects.create(page=Page.objects.get(title="Verwante pagina"), restriction_type="login")
        return "Verwante pagina", False

    @staticmethod
    def image(article: KnowledgePage) -> tuple[str, bool]:
        article.image.description = "Een ander woord voor groen"
        article.image.save()
        return "Een ander woord voor groen", True

    @staticmethod
    def image_gone(article: KnowledgePage) -> tuple[str, bool]:
        article.image.delete()
        return "<figure", False

    @staticmethod
    def menu(article: KnowledgePage) -> tuple[str, bool]:
        section = article.get_parent().specific
        section.show_in_menus = True
        section.save_revision().publish()
        return '<li><a href="/kennis/" aria-current="true">Kennis</a></li>', True

    @staticmethod
    def footer(article: KnowledgePage) -> tuple[str, bool]:
        factories.StandardFactory(parent=HomePage.objects.get(), title="Privacy", in_footer=True)
        return ">Privacy</a>", True

    @staticmethod
    def breadcrumb(article: KnowledgePage) -> tuple[str, bool]:
        section = article.get_parent().specific
        section.title = "Weten"
        section.save_revision().publish()
        return ">Weten</a>", True


CHANGES = sorted(name for name in vars(Change) if not name.startswith("_"))


@pytest.fixture
def full_article(section: SectionPage) -> KnowledgePage:
    """An article with a picture and a relation."""
    image = factories.make_image()
    ensure_renditions(image)
    article = factories.KnowledgeFactory(parent=section, image=image)
    related = factories.AnswerFactory(parent=section, title="Verwante pagina")
    PageRelation.objects.create(source_id=article.pk, target_id=related.pk)
    return article


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_shows_at_once_in_every_process(
    name: str, full_article: KnowledgePage, client: Client, processes: tuple[WebProcess, WebProcess]
) -> None:
    before = []
    for process in processes:
        with process.running():
            client.get(full_article.url)
            before.append(client.get(full_article.url).content.decode())
    with processes[0].running():
        text, expected = getattr(Change, name)(full_article)
    for process, was in zip(processes, before, strict=True):
        with process.running():
            now = client.get(full_article.url).content.decode()
        assert (text in was) is not expected, "control: the change is one"
        assert (text in now) is expected


@pytest.mark.parametrize("way", ["unpublish", "delete", "move", "slug", "expire"])
def test_a_page_that_leaves_is_gone_at_once_in_every_process(
    way: str, article: KnowledgePage, site: HomePage, client: Client, processes: tuple[WebProcess, WebProcess]
) -> None:
    address = article.url
    ways: dict[str, Callable[[], object]] = {
        "unpublish": article.unpublish,
        "delete": article.delete,
        "move": lambda: article.move(factories.SectionFactory(parent=site, slug="elders"), pos="last-child"),
        "slug": lambda: (setattr(article, "slug", "nieuw-adres"), article.save_revision().publish()),
        "expire": lambda: (Page.objects.filter(pk=article.pk).update(expire_at=timezone.now()), publish_scheduled()),
    }
    for process in processes:
        with process.running():
            assert client.get(address).status_code == 200
    with processes[0].running():
        ways[way]()
    for process in processes:
        with process.running():
            assert client.get(address).status_code in {301, 404}
            assert article.title not in client.get("/kennis/").content.decode() or way == "slug"
    if way in {"move", "slug"}:
        assert client.get(Page.objects.get(pk=article.pk).url).status_code == 200


def test_what_is_rolled_back_was_never_seen(article: KnowledgePage, client: Client) -> None:
    before = client.get(article.url).content
    with ExitStack() as undone:
        undone.enter_context(transaction.atomic())
        article.title = "Nooit geweest"
        article.save_revision().publish()
        # Another reader of this process, in the middle of the transaction.
        assert "Nooit geweest" in client.get(article.url).content.decode()
        transaction.set_rollback(True)
    assert client.get(article.url).content == before


def test_a_draft_of_a_live_page_leaves_what_is_kept(article: KnowledgePage, client: Client) -> None:
    """Editors save drafts by the second; the site must not start anew each time."""
    stamp = current().stamp
    client.get(article.url)
    article.title = "Nog niet af"
    article.save_revision()
    assert current().stamp == stamp
    assert "Nog niet af" not in client.get(article.url).content.decode()


def test_an_alias_stands_in_its_section_at_once(article: KnowledgePage, site: HomePage, client: Client) -> None:
    other = factories.SectionFactory(parent=site, slug="elders")
    assert article.title not in client.get("/elders/").content.decode()
    alias = article.create_alias(parent=other)
    assert article.title in client.get("/elders/").content.decode()
    assert client.get(alias.url).status_code == 200
    article.title = "Beide anders"
    article.save_revision().publish()
    assert "Beide anders" in client.get(alias.url).content.decode()


def test_a_copy_that_goes_live_stands_in_its_section_at_once(article: KnowledgePage, client: Client) -> None:
    client.get("/kennis/")
    article.copy(update_attrs={"title": "Een kopie", "slug": "een-kopie"}, keep_live=True)
    assert "Een kopie" in client.get("/kennis/").content.decode()
    assert client.get("/kennis/een-kopie/").status_code == 200


def test_sizes_that_get_ready_show_at_once(section: SectionPage, client: Client) -> None:
    """A page kept while its picture was being made shows the smallest ready size until the others are there."""
    image = factories.make_image()
    article = factories.KnowledgeFactory(parent=section, image=image)
    small = client.get(article.url).content.decode()
    assert ensure_renditions(image)
    assert client.get(article.url).content.decode() != small
    assert PortalRendition.objects.filter(image=image).exists()


def test_a_page_in_another_section_of_the_foot(site: HomePage, client: Client) -> None:
    page: StandardPage = factories.StandardFactory(parent=site, title="Contact", in_footer=True)
    assert ">Contact</a>" in client.get("/").content.decode()
    page.in_footer = False
    page.save_revision().publish()
    assert ">Contact</a>" not in client.get("/").content.decode()


def test_the_latest_news_stands_on_the_home_page(site: HomePage, client: Client) -> None:
    days = [date(2026, 11, day) for day in (3, 5, 2, 4)]
    news: list[NewsPage] = [factories.NewsFactory(parent=site, title=f"Bericht van de {day.day}e", date=day) for day in days]
    for shown in ([5, 4, 3], [4, 3, 2]):
        home = client.get("/").content.decode()
        places = [home.find(f">Bericht van de {day}e</a>") for day in shown]
        assert places == sorted(places)
        assert -1 not in places
        assert home.count(">Bericht van de ") == 3
        news[1].unpublish()


def test_the_newest_lessons_stand_on_the_home_page(lesson: LessonPage, client: Client) -> None:
    assert lesson.title in client.get("/").content.decode()
    lesson.unpublish()
    assert lesson.title not in client.get("/").content.decode()
