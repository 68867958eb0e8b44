"""Work of worker and beat for mail."""

from celery import shared_task

from portal.background.handover import after_commit
from portal.outbox.relay import deliver_due, is_due


@shared_task
def deliver() -> None:
    """Send what is due: after a commit, and at each sweep. A batch at a time, so that other work gets its turn."""
    if deliver_due() and is_due():
        after_commit(deliver)
