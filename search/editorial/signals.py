"""A change of the editors moves the stamp of the finder, in the transaction of the change."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from portal.stamps.models import bump
from search.editorial.lookup import STAMP, editorial, stamp
from search.models import Promotion, SynonymGroup, WholeWord
from search.registry import SynonymSource, register_synonyms


def _changed(**kwargs: Any) -> None:
    bump(STAMP)


def connect() -> None:
    """Called when the apps are ready."""
    for model in (Promotion, SynonymGroup, WholeWord):
        post_save.connect(_changed, sender=model, dispatch_uid=f"search-saved-{model.__name__}")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"search-deleted-{model.__name__}")
    register_synonyms(SynonymSource("editors", stamp, lambda: editorial().groups, lambda: editorial().wholes))
