"""Cards: pages in a list, told at a glance, in a fixed number of queries whatever their types and number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from wagtail.models import Page, get_page_models

from portal.content.snapshot import current, visible
from portal.media.renditions import with_renditions
from portal.vocabulary.lookup import ConceptValue
from portal.vocabulary.tags import concepts_of


@dataclass(frozen=True, slots=True)
class Card:
    """One page in a list. `domain` is its first WSA domain, or None; `date` is set for news."""

    key: int
    title: str
    url: str
    summary: str
    kind: str
    kind_label: Any
    domain: ConceptValue | None
    facts: tuple[str, ...]
    image: Any
    date: date | None


def cards_for(pages: Iterable[Any]) -> list[Card]:
    """Cards of specific pages, in their order: one query for all tags and one for all renditions."""
    pages = list(pages)
    tags = concepts_of(pages)
    with_renditions([page.image for page in pages if getattr(page, "image", None)])
    site = current()
    cards = []
    for page in pages:
        mine = tags.get(page.pk, {})
        domains = mine.get("wsa", ())
        cards.append(
            Card(
                key=page.pk,
                title=page.title,
                url=site.address(page.url_path),
                summary=getattr(page, "summary", ""),
                kind=getattr(page, "kind", ""),
                kind_label=getattr(page, "kind_label", ""),
                domain=domains[0] if domains else None,
                facts=tuple(page.card_facts(mine)) if hasattr(page, "card_facts") else (),
                image=getattr(page, "image", None),
                date=getattr(page, "date", None),
            )
        )
    return cards


def tagged_models() -> list[type[Page]]:
    """All page types that carry domains, whichever floor they live on."""
    return [model for model in get_page_models() if not model._meta.abstract and hasattr(model, "wsa")]


def specific_pages(keys: Sequence[int]) -> list[Any]:
    """The visible pages with these keys, specific, with their images, in the order of the keys."""
    rows = dict(visible(Page.objects.filter(pk__in=keys)).values_list("pk", "content_type__model")) if keys else {}
    found: dict[int, Any] = {}
    models = {model._meta.model_name: model for model in get_page_models()}
    for name in sorted(set(rows.values())):
        mine = [pk for pk, model in rows.items() if model == name]
        model = models[name]
        related = ["image"] if any(f.name == "image" for f in model._meta.get_fields()) else []
        found.update({page.pk: page for page in model.objects.filter(Q(pk__in=mine)).select_related(*related)})
    return [found[key] for key in keys if key in found]
