"""Which pages carry a concept."""

from collections.abc import Collection
from functools import cache

from django.apps import apps
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from portal.vocabulary.fields import ConceptField, ConceptKey


def pages_with(concept_pks: Collection[int]) -> models.QuerySet[Page]:
    """The pages, drafts included, with at least one of these concepts in a `ConceptField` or `ConceptKey`, of the page itself or
    of its inline items."""
    uses = [
        model._default_manager.filter(**{f"{key}__in": concept_pks}).order_by().values(page) for model, page, key in _columns()
    ]
    pages: models.QuerySet[Page] = Page.objects.none()
    if uses:
        pages = Page.objects.filter(pk__in=uses[0].union(*uses[1:]))
    return pages


@cache
def _columns() -> tuple[tuple[type[models.Model], str, str], ...]:
    """(model, field that leads to the page, field that leads to the concept) of every place where a page refers to a concept."""
    found: list[tuple[type[models.Model], str, str]] = []
    for model in apps.get_models():
        owner = _owner(model)
        if owner is None:
            continue
        found += [(model, owner, field.attname) for field in model._meta.local_fields if isinstance(field, ConceptKey)]
        for field in model._meta.local_many_to_many:
            if isinstance(field, ConceptField) and owner == "pk":
                found.append((field.remote_field.through, f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"))
    return tuple(found)


def _owner(model: type[models.Model]) -> str | None:
    """The field of a model that holds the primary key of its page; None when it belongs to no page."""
    if issubclass(model, Page):
        return "pk"
    parents = (field for field in model._meta.fields if isinstance(field, ParentalKey))
    return next((field.attname for field in parents if issubclass(field.related_model, Page)), None)
