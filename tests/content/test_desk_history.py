"""Versions of a page side by side, with every field we have; and every type shown before it goes live."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, get_page_models

from lessons.models import LessonIndexPage, LessonPage
from lessons.models.curriculum import CurriculumLink
from portal.accounts.models import User
from portal.content.models import HomePage, KnowledgePage, PageRelation
from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept
from tests import factories
from tests.content.conftest import open_editor, send_form, signed_in


@pytest.fixture
def desk(moderator: User) -> Client:
    return signed_in(moderator)


def compared(desk: Client, page: Page) -> str:
    """The two newest versions of a page side by side."""
    newest, before = page.revisions.order_by("-created_at", "-pk")[:2]
    answer = desk.get(reverse("wagtailadmin_pages:revisions_compare", args=(page.pk, before.pk, newest.pk)))
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


def test_tags_relations_text_and_inline_items_are_compared(
    desk: Client, lesson_index: LessonIndexPage, article: KnowledgePage
) -> None:
    lesson = factories.LessonFactory(parent=lesson_index, sectors=["po"], title="Zwerfafval")
    goal, licence = (
        Concept.objects.filter(scheme=Scheme.CURRICULUM).first(),
        Concept.objects.filter(scheme=Scheme.LICENCE).first(),
    )
    lesson.sectors = [Concept.objects.get(scheme=Scheme.SECTOR, code="vo")]
    lesson.goal = "De leerlingen weten nu iets heel anders."
    lesson.licence = licence
    lesson.curriculum = [CurriculumLink(concept=goal, why="Omdat het past.")]
    lesson.relations = [PageRelation(target=article, note="Lees dit eerst.")]
    lesson.steps = [("step", {"phase": "start", "minutes": 10, "title": "Luisteren", "body": [("text", "<p>Hoor je het?</p>")]})]
    lesson.image = factories.make_image("Een nieuwe foto")
    lesson.save_revision()
    text = compared(desk, lesson)
    gone, come = Concept.objects.get(scheme=Scheme.SECTOR, code="po"), lesson.sectors.get()
    for shown in (
        gone,
        come,
        goal,
        licence,
        "iets heel anders",
        "Omdat het past.",
        article.title,
        "Lees dit eerst.",
        "Luisteren",
    ):
        assert str(shown) in text, shown
    assert f'alt="{lesson.image.description}"' in text


def test_what_did_not_change_is_not_shown_as_changed(desk: Client, lesson: LessonPage) -> None:
    stored = LessonPage.objects.get(pk=lesson.pk)
    stored.save_revision()
    stored.summary = "Alleen dit is anders."
    stored.save_revision()
    text = compared(desk, stored)
    assert "Alleen dit is anders." in text
    assert "Luisteren" not in text
    assert str(stored.sectors.get()) not in text


def test_an_earlier_version_comes_back_whole(desk: Client, lesson: LessonPage, moderator: User) -> None:
    first = lesson.latest_revision
    lesson.sectors = []
    lesson.goal = ""
    lesson.save_revision()
    again = first.as_object()
    again.save_revision(user=moderator, previous_revision=first, log_action=True).publish(user=moderator)
    stored = LessonPage.objects.get(pk=lesson.pk)
    assert [concept.code for concept in stored.sectors.all()] == ["po"]
    assert stored.goal


@pytest.mark.parametrize("model", [model for model in get_page_models() if model is not Page], ids=lambda model: model.__name__)
def test_every_type_opens_in_the_editor_and_is_previewed(model: type[Page], desk: Client, site: HomePage) -> None:
    needed = {"date": date(2026, 1, 1), "school_name": "De Brink"}
    values = {name: value for name, value in needed.items() if hasattr(model, name)}
    page = site.add_child(instance=model(title="Proef", slug="proef", live=False, **values))
    page.save_revision()
    edit = desk.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    assert edit.status_code == 200
    assert reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,)) in edit.content.decode()
    draft = desk.get(reverse("wagtailadmin_pages:view_draft", args=(page.pk,)))
    assert draft.status_code == 200
    assert "Proef" in draft.content.decode()


def test_line_ends_of_a_browser_are_no_change(desk: Client, lesson: LessonPage) -> None:
    lesson.needs = "papier\nlijm"
    lesson.save_revision().publish()
    form = open_editor(desk, lesson)
    form["steps-count"] = form["materials-count"] = "0"
    send_form(desk, lesson, form, needs="papier\r\nlijm", summary="Iets anders.")
    assert lesson.get_latest_revision().content["needs"] == "papier\nlijm"
