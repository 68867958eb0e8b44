"""Work of beat and worker for pages."""

from celery import shared_task
from django.utils import timezone

from portal.content.desk import reviewing, scheduling


@shared_task
def publish_scheduled() -> None:
    """Take down what has expired and publish what is due: each page in a task of its own, so that none stops the others."""
    now = timezone.now()
    for pk in scheduling.expired_pages(now):
        take_down_page.delay(pk)
    for pk in scheduling.due_revisions(now):
        publish_revision.delay(pk)


@shared_task
def publish_revision(pk: int) -> None:
    """Publish one revision, if that is still due."""
    scheduling.publish(pk)


@shared_task
def take_down_page(pk: int) -> None:
    """Unpublish one page, if its time has come."""
    scheduling.take_down(pk)


@shared_task
def remind_of_reviews() -> None:
    """Mail about the pages that have to be checked from today on."""
    reviewing.remind(timezone.localdate())
