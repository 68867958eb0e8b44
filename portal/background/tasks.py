"""At night: Wagtail's own indexes are compared with the database, because a lost task leaves them behind."""

from collections.abc import Iterator
from typing import Any

from celery import shared_task
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model
from wagtail.models import ReferenceIndex

# So many in one transaction: on SQLite nobody else writes meanwhile.
BATCH = 20


@shared_task
def mend_references() -> None:
    """Bring the reference index (where is this image used?) up to date.

    In short transactions: `rebuild_references_index` does it in one, and would keep every editor waiting on SQLite.
    """
    for model in filter(ReferenceIndex.is_indexed, apps.get_models()):
        for some in _batches(model):
            with transaction.atomic():
                for instance in some:
                    ReferenceIndex.create_or_update_for_object(instance)


@shared_task
def mend_admin_search() -> None:
    """Bring the index of the admin's search fields up to date, with Wagtail's own command."""
    call_command("update_index", verbosity=0)


def _batches(model: type[Model]) -> Iterator[list[Any]]:
    last = None
    rows = model._default_manager.order_by("pk")
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:BATCH]):
        yield batch
        last = batch[-1].pk
