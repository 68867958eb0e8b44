"""Whatever changes which words or codes a page is found by marks the page as dirty, in the transaction of the change."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from portal.content.changes import pages_changed
from portal.content.models import PageRelation
from portal.vocabulary.lookup import vocabulary
from portal.vocabulary.signals import concepts_changed
from portal.vocabulary.usage import pages_with
from search.indexing import descendants, schedule
from search.registry import sources

BATCH = 100


@receiver(post_save, dispatch_uid="search-saved")
def page_saved(sender: type, instance: Any, update_fields: Any, **kwargs: Any) -> None:
    """Publishing, and whatever else writes a live page: an alias or an import sends no signal of publishing."""
    if sender in sources() and instance.live and update_fields is None:
        schedule([instance.pk, *related(pk=instance.pk)])


@receiver(pages_changed, dispatch_uid="search-bulk")
def pages_written(pks: Collection[int], **kwargs: Any) -> None:
    schedule(pks)


@receiver(page_unpublished, dispatch_uid="search-unpublished")
def page_unpublished_(instance: Page, **kwargs: Any) -> None:
    schedule([instance.pk, *related(pk=instance.pk)])


@receiver((post_save, post_delete), sender=PageRelation, dispatch_uid="search-relation")
def relation_changed(instance: PageRelation, **kwargs: Any) -> None:
    """A page is found by the titles of the pages it is related to, and by the notes."""
    schedule([instance.source_id, instance.target_id])


def related(**pages: Any) -> set[int]:
    """The keys of these pages (`pk=…`, `path__startswith=…`) that have relations, and of those that they are related to."""
    ends = (Q(**{f"{end}__{lookup}": value for lookup, value in pages.items()}) for end in ("source", "target"))
    relations = PageRelation.objects.filter(next(ends) | next(ends))
    return {key for keys in relations.values_list("source_id", "target_id") for key in keys}


@receiver(page_slug_changed, dispatch_uid="search-slug")
def slug_changed(instance: Page, **kwargs: Any) -> None:
    schedule(descendants(instance.path))


@receiver(post_page_move, dispatch_uid="search-move")
def page_moved(instance: Page, **kwargs: Any) -> None:
    # A move may lead into or out of a restricted section.
    _schedule_tree(Page.objects.values_list("path", flat=True).get(pk=instance.pk))


@receiver(post_delete, dispatch_uid="search-delete")
def page_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    if sender in sources():
        schedule([instance.pk])


@receiver((post_save, post_delete), sender=PageViewRestriction, dispatch_uid="search-privacy")
def privacy_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    path = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True).first()
    if path:
        _schedule_tree(path)


def _schedule_tree(path: str) -> None:
    """What lies below this path, and what is found by the words of pages there."""
    schedule([*descendants(path), *related(path__startswith=path)])


@receiver(concepts_changed, dispatch_uid="search-concepts")
def tags_changed(pks: Collection[int], **kwargs: Any) -> None:
    """A page is found by the names of its concepts, and by the codes of those above and below them."""
    words = vocabulary()
    changed = [concept for concept in map(words.by_id, pks) if concept]
    akin = {near.pk for concept in changed for near in (*words.ancestors(concept), *words.descendants(concept))}
    concerned = sorted({*pks, *akin})
    # In batches: every place where a page refers to a concept repeats the keys in the query.
    batches = (concerned[start : start + BATCH] for start in range(0, len(concerned), BATCH))
    schedule({key for some in batches for key in pages_with(some).filter(live=True).values_list("pk", flat=True)})
