"""Whoever keeps something made of concepts learns here that they changed."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal

from portal.stamps.models import VOCABULARY, bump
from portal.vocabulary.models import Concept

# Sent inside the transaction of the change, with `pks`, the primary keys of the concepts that were added or changed.
concepts_changed = Signal()


def announce(pks: Collection[int]) -> None:
    """Say that these concepts changed. `save()` does so by itself; whoever writes in bulk calls this in the same transaction."""
    bump(VOCABULARY)
    concepts_changed.send(sender=Concept, pks=frozenset(pks))


def _saved(instance: Concept, **kwargs: Any) -> None:
    announce({instance.pk})


def connect() -> None:
    """Called when the apps are ready."""
    post_save.connect(_saved, sender=Concept, dispatch_uid="vocabulary-saved")
    post_delete.connect(_saved, sender=Concept, dispatch_uid="vocabulary-deleted")
