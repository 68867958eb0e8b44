"""What every page template gets: tags, breadcrumbs, relations."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from portal.content.cards import foreign_language
from portal.content.snapshot import current
from portal.vocabulary.tags import concepts_of, concepts_of_page


@dataclass(frozen=True, slots=True)
class RelatedPage:
    """The other end of a relation; `language` is that of its text when not Dutch."""

    title: str
    url: str
    kind_label: Any
    language: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation as one page shows it."""

    page: RelatedPage
    kind: str
    kind_label: Any
    note: str


def page_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """For the template of a page: `tags` (field name → concepts), `breadcrumbs` ((title, address) of the pages above),
    `relations` and `language` (of its text, when not Dutch)."""
    preview = getattr(request, "is_preview", False)
    tags = concepts_of_page(page) if preview else concepts_of([page]).get(page.pk, {})
    # Not every template shows relations: they are read when one asks.
    relations = SimpleLazyObject(lambda: _relations(page, preview=preview))
    return {
        "tags": tags,
        "breadcrumbs": _breadcrumbs(page, request),
        "relations": relations,
        "language": foreign_language(tags),
    }


def _breadcrumbs(page: Any, request: HttpRequest) -> list[tuple[str, str]]:
    """The pages from home down to the one above this one; the route of the request knows them already."""
    route = getattr(request, "portal_route", None)
    if route is not None and route.pk == page.pk:
        return list(route.breadcrumbs)
    site = current(request)
    rows = Page.objects.filter(pk__in=page.get_ancestors().values("pk"), url_path__startswith=site.root).order_by("path")
    return [(title, site.address(url)) for title, url in rows.values_list("title", "url_path")]


def _relations(page: Any, *, preview: bool) -> list[Relation]:
    model = apps.get_model("content", "PageRelation")
    if preview:
        rows = [*page.relations.select_related("target"), *model.objects.filter(target=page.pk).select_related("source")]
    else:
        rows = list(model.objects.filter(Q(source=page.pk) | Q(target=page.pk)).select_related("source", "target"))
    site = current()
    relations: dict[int, Relation] = {}
    tags = concepts_of(row.target if row.source_id == page.pk else row.source for row in rows)
    for row in sorted(rows, key=lambda row: (row.source_id != page.pk, row.sort_order or 0, row.pk or 0)):
        ours = row.source_id == page.pk
        other = row.target if ours else row.source
        if not other.live or site.is_restricted(other.path):
            continue
        kind = ContentType.objects.get_for_id(other.content_type_id).model_class()
        label = getattr(kind, "kind_label", "")
        shown = RelatedPage(other.title, site.address(other.url_path), label, foreign_language(tags[other.pk]))
        # The note says why to go on to the target; read beside the source it would tell of the wrong page.
        relations.setdefault(other.pk, Relation(shown, row.kind, row.label_on(page.pk), row.note if ours else ""))
    return list(relations.values())
