"""Messages hold names, addresses and links: they are kept as long as somebody may ask after them, and no longer."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from portal.outbox.models import Message


def forget() -> int:
    """Remove messages that are older than their state allows (`settings.OUTBOX_KEEP_DAYS`); returns how many.

    What still has to be sent is never removed.
    """
    now = timezone.now()
    count = 0
    for state, days in settings.OUTBOX_KEEP_DAYS.items():
        old = Message.objects.filter(state=state, created_at__lt=now - timedelta(days=days))
        count += old.only("pk").delete()[0]
    return count
