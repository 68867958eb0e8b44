"""Messages hold names, addresses and links: they are kept as long as somebody may ask after them, and no longer."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.outbox.models import Message


def old() -> QuerySet[Message]:
    """Messages that are older than their state allows (`settings.OUTBOX_KEEP_DAYS`), never one that still has to be sent. Their
    keys alone are read: deleting fetches the rows, and a mail with its attachments is large."""
    now = timezone.now()
    over = Q(pk__in=())
    for state, days in settings.OUTBOX_KEEP_DAYS.items():
        over |= Q(state=state, created_at__lt=now - timedelta(days=days))
    return Message.objects.filter(over).only("pk")
