"""Work of beat for accounts."""

import logging

from celery import shared_task

from portal.accounts.retention import apply

log = logging.getLogger(__name__)


@shared_task
def retention() -> None:
    """Remove what was kept long enough, and say so in the log."""
    for name, count in apply(dry_run=False).items():
        if count is not None:
            log.info("retention: %s: %d removed", name, count)
