"""A relation is made on one page and told by both, each from its own side."""

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import gettext

from lessons.models import LessonIndexPage
from portal.content.models import HomePage, KnowledgePage, PageRelation
from portal.content.models.relations import RelationKind
from portal.content.presentation import page_context
from tests.factories import LessonFactory, make_page


def told_by(page: KnowledgePage) -> list[tuple[str, str]]:
    """What a page calls its relations, and the notes it shows with them."""
    context = page_context(page, RequestFactory().get(page.url))
    return [(str(relation.kind_label), relation.note) for relation in context["relations"]]


@pytest.fixture
def pair(site: HomePage) -> tuple[KnowledgePage, KnowledgePage]:
    """Two articles, made one after the other."""
    return make_page(KnowledgePage, site), make_page(KnowledgePage, site)


@pytest.mark.parametrize(
    ("kind", "here", "there"),
    [
        (RelationKind.RELATED, "Goes with", "Goes with"),
        (RelationKind.DEEPENS, "Read more", "Goes with"),
        (RelationKind.FOLLOWS, "Next step", "Step before"),
        (RelationKind.EXAMPLE, "Example", "Goes with"),
    ],
)
def test_each_page_tells_its_side(pair: tuple[KnowledgePage, KnowledgePage], kind: RelationKind, here: str, there: str) -> None:
    source, target = pair
    PageRelation.objects.create(source=source, target=target, kind=kind, note="Daar lees je hoe.")
    assert told_by(source) == [(gettext(here), "Daar lees je hoe.")]
    assert told_by(target) == [(gettext(there), "")]


def test_a_title_in_another_language_says_so(article: KnowledgePage, lesson_index: LessonIndexPage, client: Client) -> None:
    lesson = LessonFactory(parent=lesson_index, title="Weighing waste", languages=["en"])
    PageRelation.objects.create(source=article, target_id=lesson.pk)
    assert f'<a href="{lesson.url}" lang="en">Weighing waste</a>' in client.get(article.url).content.decode()
    assert f'<a href="{article.url}">{article.title}</a>' in client.get(lesson.url).content.decode()
