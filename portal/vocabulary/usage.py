"""Which pages carry a concept, and where; what else does stands in `elsewhere`."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from portal.vocabulary.fields import ConceptField, ConceptKey
from portal.vocabulary.models import Concept


@dataclass(frozen=True, slots=True)
class Place:
    """A table in which pages refer to concepts of a scheme: its column that leads to the page, and the one that leads to the
    concept. `many` when it holds nothing else, and a page has each concept there once at most."""

    model: type[models.Model]
    page: str
    concept: str
    scheme: str
    many: bool


def pages_with(concept_pks: Collection[int]) -> models.QuerySet[Page]:
    """The pages, drafts included, with at least one of these concepts in a `ConceptField` or `ConceptKey`, of the page itself or
    of its inline items."""
    uses = [rows.values(place.page) for place, rows in _rows(concept_pks)]
    pages: models.QuerySet[Page] = Page.objects.none()
    if uses:
        pages = Page.objects.filter(pk__in=uses[0].union(*uses[1:]))
    return pages


def carriers(concept_pks: Collection[int]) -> dict[int, set[int]]:
    """The pages, drafts included, with each of these concepts, as primary keys; a concept on no page is missing. One query."""
    uses = [rows.values_list(place.concept, place.page) for place, rows in _rows(concept_pks)]
    found: dict[int, set[int]] = defaultdict(set)
    for concept, page in uses[0].union(*uses[1:]) if uses else ():
        found[concept].add(page)
    return dict(found)


def _rows(concept_pks: Collection[int]) -> list[tuple[Place, models.QuerySet[models.Model]]]:
    return [
        (place, place.model._default_manager.filter(**{f"{place.concept}__in": concept_pks}).order_by()) for place in places()
    ]


@cache
def places() -> tuple[Place, ...]:
    """Every place where a page, or an inline item of a page, refers to a concept."""
    return tuple(place for model in apps.get_models() if (owner := _owner(model)) for place in places_in(model, owner))


@cache
def places_of_others() -> tuple[Place, ...]:
    """Every place where something else than a page refers to a concept; `page` is the column that leads to that thing."""
    return tuple(place for model in apps.get_models() if _owner(model) is None for place in places_in(model, "pk"))


def places_in(model: type[models.Model], owner: str) -> list[Place]:
    """The places of one model; `owner` is its column that leads to the page or thing that they are about."""
    keys = (field for field in model._meta.local_fields if isinstance(field, ConceptKey))
    found = [Place(model, owner, key.attname, key.scheme, many=False) for key in keys]
    for field in model._meta.local_many_to_many:
        if isinstance(field, ConceptField) and owner == "pk":
            columns = (f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id")
            found.append(Place(field.remote_field.through, *columns, field.scheme, many=True))
    return found


def move(place: Place, old: Concept, new: Concept, keys: Collection[int] | None = None) -> int:
    """Put one concept in the place of another in the rows of a place, those of `keys` alone when given; returns how many rows."""
    rows = place.model._default_manager.order_by()
    if keys is not None:
        rows = rows.filter(**{f"{place.page}__in": list(keys)})
    removed = 0
    if place.many:
        both = list(rows.filter(**{place.concept: new.pk}).values_list(place.page, flat=True))
        removed, _ = rows.filter(**{place.concept: old.pk, f"{place.page}__in": both}).delete()
    return removed + rows.filter(**{place.concept: old.pk}).update(**{place.concept: new.pk})


def _owner(model: type[models.Model]) -> str | None:
    """The field of a model that holds the primary key of its page; None when it belongs to no page."""
    if issubclass(model, Page):
        return "pk"
    parents = (field for field in model._meta.fields if isinstance(field, ParentalKey))
    return next((field.attname for field in parents if issubclass(field.related_model, Page)), None)
