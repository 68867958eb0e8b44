"""Work of the worker for the search index. Tasks carry no payload: what is due stands in the database."""

import logging

from celery import shared_task
from django.conf import settings

from search import indexing
from search.counting import services
from search.engines.base import EngineUnavailable
from search.saved import alerts
from search.saved.services import forget_unconfirmed

log = logging.getLogger(__name__)


@shared_task
def drain(sink: str) -> None:
    """Bring one engine up to date."""
    indexing.drain(sink)


@shared_task
def sweep() -> None:
    """Bring every engine up to date; mends what a lost task left undone."""
    # What answers when all else is away goes first.
    for sink in reversed(settings.SEARCH_SINKS):
        drain(sink)


@shared_task
def reconcile() -> None:
    """Compare every index with the database and mend the differences."""
    for sink in reversed(settings.SEARCH_SINKS):
        try:
            indexing.reconcile(sink)
        except EngineUnavailable as error:
            log.warning("%s cannot be compared: %s", sink, error)


@shared_task
def fold_counts() -> None:
    """Bring the counts of searches into the database."""
    services.fold()


@shared_task
def forget_old_counts() -> None:
    """Delete counts that are past their time."""
    services.forget_old()


@shared_task
def send_alerts() -> None:
    """Mail people about new results of the searches they saved."""
    alerts.send_alerts()


@shared_task
def forget_unconfirmed_searches() -> None:
    """Delete saved searches that nobody confirmed in time."""
    forget_unconfirmed()
