"""Cards: pages in a list, told at a glance, in a fixed number of queries whatever their types and number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page, get_page_models

from portal.content.snapshot import current, visible
from portal.media.renditions import with_renditions
from portal.vocabulary.lookup import ConceptValue
from portal.vocabulary.tags import concepts_of


@dataclass(frozen=True, slots=True)
class Card:
    """One page in a list. `domain` is its first WSA domain, or None; `date` is set for news; `language` is
    that of its text when it is not Dutch, for the attribute `lang`."""

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
    language: str


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
                language=foreign_language(mine),
            )
        )
    return cards


def foreign_language(tags: Mapping[str, Sequence[ConceptValue]]) -> str:
    """The code of the language of a page's text if that is not Dutch (WCAG 3.1.2), or "". `tags`: field name → concepts."""
    codes = [concept.code for concept in tags.get("languages", ())]
    return codes[0] if codes and "nl" not in codes else ""


def tagged_models() -> list[type[Page]]:
    """All page types that carry domains, whichever floor they live on."""
    return [model for model in get_page_models() if not model._meta.abstract and hasattr(model, "wsa")]


def specific_pages(keys: Sequence[int]) -> list[Any]:
    """The visible pages with these keys, specific, with their images, in the order of the keys."""
    types = dict(visible(Page.objects.filter(pk__in=keys)).values_list("pk", "content_type_id")) if keys else {}
    return of_their_types([(key, types[key]) for key in keys if key in types])


def of_their_types(rows: Sequence[tuple[int, int]]) -> list[Any]:
    """The specific pages of (key, content type) pairs, with their images, in the same order: one query a type."""
    keys_by_type: dict[int, list[int]] = defaultdict(list)
    for key, content_type in rows:
        keys_by_type[content_type].append(key)
    found: dict[int, Any] = {}
    for content_type, mine in keys_by_type.items():
        model = ContentType.objects.get_for_id(content_type).model_class() or Page
        found |= {page.pk: page for page in with_image(model).filter(pk__in=mine)}
    return [found[key] for key, _ in rows if key in found]


def with_image(model: type[Page]) -> QuerySet[Any]:
    """All pages of a type, each read together with its image, if the type has one."""
    has_image = any(field.name == "image" for field in model._meta.concrete_fields)
    return model.objects.select_related("image") if has_image else model.objects.all()
