"""Work of beat and worker for pages."""

from celery import shared_task
from django.core.management import call_command
from django.db import transaction


@shared_task
def publish_scheduled() -> None:
    """Publish what is due and take down what has expired: Wagtail's own command, all or nothing."""
    with transaction.atomic():
        call_command("publish_scheduled")
