"""Sending what is due, at least once: leases, back-off, giving up.

A message is taken by a change of its row that only one worker can make, and marked as sent when the server has answered 250. A
worker that dies in between leaves a lease that runs out; the message is then sent again, byte for byte. Only the transport is
spoken to here, and no transaction is open meanwhile.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.outbox.enums import State
from portal.outbox.models import Message
from portal.outbox.transports import Refused, Transport, Unavailable

# Longer than the time-outs of one message together (settings.EMAIL_TIMEOUT for each of its six commands).
LEASE = timedelta(minutes=3)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=6)
BATCH = 100
PATIENCE = timedelta(minutes=10)

log = logging.getLogger(__name__)


def deliver_due(limit: int = BATCH) -> int:
    """Send what is due, at most so many messages; returns how many were sent. While the server cannot be reached no message is
    touched: they all leave as soon as it is back."""
    _give_up_on_killers()
    sent = 0
    if not _due().exists():
        return sent
    transport: Transport = import_string(settings.OUTBOX_TRANSPORT)()
    with transport:
        for _ in range(limit):
            try:
                transport.open()
            except Unavailable as error:
                log.warning("The mail server cannot be reached, mail waits: %s", error)
                break
            message = _take()
            if message is None:
                break
            sent += _send(message, transport)
    return sent


def overdue() -> int:
    """How many messages have been due for so long that something must be wrong: the mail server, or worker and beat."""
    return _due().filter(not_before__lt=timezone.now() - PATIENCE).count()


def is_due() -> bool:
    """Whether there is anything to send now."""
    return _due().exists()


def _due() -> QuerySet[Message]:
    now = timezone.now()
    waiting = Q(state=State.PENDING, not_before__lte=now) | Q(state=State.SENDING, lease_until__lt=now)
    unsent = Message.objects.filter(state__in=(State.PENDING, State.SENDING))
    earlier = unsent.filter(stream=OuterRef("stream"), recipient=OuterRef("recipient"), pk__lt=OuterRef("pk"))
    return Message.objects.filter(waiting).filter(Q(stream="") | ~Exists(earlier))


def _take() -> Message | None:
    """The message that is due for longest, for this worker alone; None when nothing is due."""
    while (message := _due().order_by("not_before", "pk").first()) is not None:
        lease = timezone.now() + LEASE
        as_seen = {name: getattr(message, name) for name in ("pk", "state", "lease_until", "attempts")}
        # Who takes it has tried, whatever comes of it: else a message that kills its worker would do so for ever.
        if Message.objects.filter(**as_seen).update(state=State.SENDING, lease_until=lease, attempts=F("attempts") + 1):
            message.lease_until, message.attempts = lease, message.attempts + 1
            return message
    return None


def _send(message: Message, transport: Transport) -> bool:
    try:
        transport.send(message.sender, message.recipient, bytes(message.raw))
    except Refused as error:
        _put_back(message, str(error), final=error.final)
        return False
    except Unavailable as error:
        _put_back(message, str(error), final=False)
        return False
    # Whoever holds the lease by now: it has gone.
    Message.objects.filter(pk=message.pk).update(state=State.SENT, sent_at=timezone.now(), lease_until=None, error="")
    return True


def _put_back(message: Message, error: str, *, final: bool) -> None:
    final = final or message.attempts >= settings.OUTBOX_ATTEMPTS
    tell = log.error if final else log.warning
    tell("Message %s was not sent at attempt %s: %s", message.pk, message.attempts, error)
    mine = Message.objects.filter(pk=message.pk, state=State.SENDING, lease_until=message.lease_until)
    mine.update(
        state=State.FAILED if final else State.PENDING,
        not_before=_next_try(message.attempts),
        lease_until=None,
        error=error.replace("\0", ""),
    )


def _next_try(attempts: int) -> datetime:
    wait: timedelta = min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
    return timezone.now() + wait


def _give_up_on_killers() -> None:
    """Messages with which one worker after the other has died."""
    dead = Message.objects.filter(state=State.SENDING, lease_until__lt=timezone.now(), attempts__gte=settings.OUTBOX_ATTEMPTS)
    dead.update(state=State.FAILED, lease_until=None, error="Each attempt broke off without an answer.")
