"""Whatever changes which words or codes a page is found by marks the page as dirty, in the transaction of the change."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.vocabulary.fields import ConceptField, ConceptKey
from portal.vocabulary.models import Concept
from search.indexing import descendants, schedule
from search.registry import sources


@receiver((page_published, page_unpublished), dispatch_uid="search-page")
def page_changed(instance: Page, **kwargs: Any) -> None:
    schedule([instance.pk])


@receiver(page_slug_changed, dispatch_uid="search-slug")
def slug_changed(instance: Page, **kwargs: Any) -> None:
    schedule(descendants(instance.path))


@receiver(post_page_move, dispatch_uid="search-move")
def page_moved(instance: Page, **kwargs: Any) -> None:
    # A move may lead into or out of a restricted section.
    schedule(descendants(Page.objects.values_list("path", flat=True).get(pk=instance.pk)))


@receiver(post_delete, dispatch_uid="search-delete")
def page_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    if sender in sources():
        schedule([instance.pk])


@receiver((post_save, post_delete), sender=PageViewRestriction, dispatch_uid="search-privacy")
def privacy_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    path = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True).first()
    if path:
        schedule(descendants(path))


@receiver(post_save, sender=Concept, dispatch_uid="search-concept")
def concept_changed(instance: Concept, **kwargs: Any) -> None:
    schedule(pages_tagged(instance.pk))


def pages_tagged(concept: int) -> set[int]:
    """The keys of all findable pages that carry this concept."""
    found: set[int] = set()
    for model in sources():
        for field in model._meta.get_fields():
            if isinstance(field, ConceptField):
                through = field.remote_field.through
                column = field.m2m_column_name()
                rows = through.objects.filter(concept_id=concept).values_list(column, flat=True)
                found.update(rows)
            elif isinstance(field, ConceptKey):
                found.update(model.objects.filter(**{field.name: concept}).values_list("pk", flat=True))
    return found
