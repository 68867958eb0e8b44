"""Fills a database with generated lessons and the same texts as stock pages, in bulk."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from lessons.models import LessonIndexPage, LessonPage
from portal.content.models import HomePage, KnowledgePage, SectionPage
from portal.stamps.models import CONTENT, bump
from portal.vocabulary.models import Concept
from tests.benchmarks.corpus import Lesson, lessons
from tests.benchmarks.stock.models import StockIndexPage, StockPage

FIELDS = {"sectors": "sector", "grades": "grade", "subjects": "subject", "wsa": "wsa", "sdg47": "sdg47", "topics": "topic"}
CHUNK = 1_000
# One page of a listing.
ARTICLES = 24


def fill(number: int) -> None:
    """A site with a home page, a lesson index with `number` lessons, a section with a page of articles, and the same texts below
    two stock indexes."""
    call_command("migrate", verbosity=0)
    call_command("load_vocabulary", verbosity=0)
    with transaction.atomic():
        root = Page.get_first_root_node()
        Page.objects.filter(depth=2).first().delete()
        root.refresh_from_db()
        home = root.add_child(instance=HomePage(title="Duurzaam op school", slug="home"))
        Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home, "hostname": "localhost"})
        section = home.add_child(instance=SectionPage(title="Kennis", slug="kennis", show_in_menus=True))
        ours = home.add_child(instance=LessonIndexPage(title="Lessen", slug="lessen", show_in_menus=True))
        stock = home.add_child(instance=StockIndexPage(title="Stock", slug="stock"))
        stock_section = home.add_child(instance=StockIndexPage(title="Stock of articles", slug="stock-kennis"))
    concepts = {field: _codes(scheme) for field, scheme in FIELDS.items()}
    _fill(ours, LessonPage, stock, lessons(number, _choices(concepts)), concepts)
    _fill(section, KnowledgePage, stock_section, lessons(ARTICLES, _choices(concepts), seed=8), concepts)
    bump(CONTENT)


def _fill(parent: Any, model: type[Page], stock: Any, texts: Iterator[Lesson], concepts: dict[str, dict[str, int]]) -> None:
    """All texts as pages of this model and as stock pages."""
    done = 0
    while chunk := list(islice(texts, CHUNK)):
        with transaction.atomic():
            _add(parent, model, chunk, done, concepts)
            _add(stock, StockPage, chunk, done, concepts)
        done += len(chunk)
    Page.objects.filter(pk__in=[parent.pk, stock.pk]).update(numchild=done)


def _choices(concepts: dict[str, dict[str, int]]) -> dict[str, list[str]]:
    return {field: list(codes) for field, codes in concepts.items()}


def _codes(scheme: str) -> dict[str, int]:
    return dict(Concept.objects.filter(scheme=scheme, retired=False).order_by("order").values_list("code", "pk")[:12])


def _add(parent: Any, model: type[Page], chunk: list[Lesson], first: int, concepts: dict[str, dict[str, int]]) -> None:
    pages = Page.objects.bulk_create(list(_rows(parent, model, chunk, first)))
    links: dict[str, list[Any]] = {field: [] for field in FIELDS}
    children = []
    for page, lesson in zip(pages, chunk, strict=True):
        values = VALUES[model](lesson)
        child = model(page_ptr_id=page.pk, **values)
        child.__dict__.update({field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields})
        children.append(child)
        for field, codes in lesson.codes.items():
            if through := _through(model, field):
                key = {f"{model._meta.model_name}_id": page.pk}
                links[field] += [through(**key, concept_id=concepts[field][code]) for code in codes]
    # `bulk_create` refuses a model with a parent, whose rows stand here already.
    for start in range(0, len(children), 500):
        fields = model._meta.local_concrete_fields
        model._base_manager._insert(children[start : start + 500], fields=fields, using="default")
    for field, rows in links.items():
        if rows:
            _through(model, field).objects.bulk_create(rows, batch_size=2_000)


def _through(model: type[Page], field: str) -> Any:
    """The table of the concepts in this field; None where the model has no such field, or one value in it."""
    found = next((one for one in model._meta.many_to_many if one.name == field), None)
    return found and found.remote_field.through


def _rows(parent: Any, model: type[Page], chunk: list[Lesson], first: int) -> Iterator[Page]:
    now = timezone.now()
    content_type = model(title="x").cached_content_type
    for number, lesson in enumerate(chunk, first + 1):
        yield Page(
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            numchild=0,
            title=lesson.title,
            draft_title=lesson.title,
            slug=lesson.slug,
            url_path=f"{parent.url_path}{lesson.slug}/",
            content_type=content_type,
            live=True,
            first_published_at=now,
            last_published_at=now,
            latest_revision_created_at=now,
            locale_id=parent.locale_id,
        )


def _lesson_values(lesson: Lesson) -> dict[str, Any]:
    steps = [
        {
            "type": "step",
            "value": {"phase": "work", "title": text[:60], "minutes": 5, "body": [{"type": "text", "value": f"<p>{text}</p>"}]},
        }
        for text in lesson.body
    ]
    return {"summary": lesson.intro, "minutes": lesson.minutes, "goal": lesson.intro, "steps": json.dumps(steps)}


def _stock_values(lesson: Lesson) -> dict[str, Any]:
    first = {field: codes[0] for field, codes in lesson.codes.items()}
    return {
        "intro": lesson.intro,
        "body": "\n\n".join(lesson.body),
        "sector": first["sectors"],
        "grade": first["grades"],
        "subject": first["subjects"],
        "wsa": first["wsa"],
        "sdg47": first["sdg47"],
        "minutes": str(lesson.minutes),
    }


def _article_values(lesson: Lesson) -> dict[str, Any]:
    body = [{"type": "text", "value": f"<p>{text}</p>"} for text in lesson.body]
    return {"summary": lesson.intro, "body": json.dumps(body)}


VALUES = {LessonPage: _lesson_values, KnowledgePage: _article_values, StockPage: _stock_values}
