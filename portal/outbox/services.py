"""Writing mail into the outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from portal.background.handover import after_commit
from portal.outbox.composing import Letter, UnsendableMail, address, compose
from portal.outbox.enums import SENDABLE_AGAIN, State
from portal.outbox.models import Message
from portal.outbox.tasks import deliver


def enqueue(
    *,
    kind: str,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    dedupe_key: str = "",
    stream: str = "",
    replaces: bool = False,
    not_before: datetime | None = None,
    sender: str | None = None,
    reply_to: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[tuple[str, bytes | str, str]] = (),
) -> Message:
    """Have this mail sent once the transaction has committed; returns its row.

    With the `dedupe_key` of a message that stands in the outbox already nothing is written, and that message is returned. The
    messages of one `stream` to one recipient leave in order; one that `replaces` takes the place of those not sent yet. Without
    `html` the text gets a simple HTML form. Attachments are (file name, content, media type). Raises BadHeaderError for a line
    break in a header, UnsendableMail for a wrong address or a mail too large.
    """
    address(recipient)
    mail = EmailMultiAlternatives(
        subject, text, sender, [recipient], reply_to=reply_to, headers=dict(headers or {}), attachments=list(attachments)
    )
    if html:
        mail.attach_alternative(html, "text/html")
    letter = compose(mail)
    (recipient,) = letter.recipients
    with transaction.atomic():
        message, new = Message.objects.get_or_create(
            dedupe_key=dedupe_key or f"{kind}:{uuid4()}",
            defaults=_columns(letter, recipient) | {"kind": kind, "stream": stream, "not_before": not_before or timezone.now()},
        )
        if new and stream and replaces:
            older = Message.objects.filter(stream=stream, recipient=recipient, state=State.PENDING, pk__lt=message.pk)
            older.update(state=State.SUPERSEDED)
        after_commit(deliver)
    return message


def post(letter: Letter, *, kind: str) -> None:
    """Have this letter sent to each of its recipients: a row each, so that one who is refused does not hold up the others."""
    Message.objects.bulk_create(
        Message(dedupe_key=f"{kind}:{uuid4()}", kind=kind, **_columns(letter, recipient)) for recipient in letter.recipients
    )
    after_commit(deliver)


def keep_unsendable(recipients: Sequence[str], subject: str, error: UnsendableMail, *, kind: str) -> None:
    """Keep a mail that cannot be sent where an administrator sees it."""
    Message.objects.bulk_create(
        Message(
            dedupe_key=f"{kind}:{uuid4()}",
            kind=kind,
            recipient=_storable(recipient, 320),
            subject=_storable(subject, 1_000),
            state=State.FAILED,
            error=_storable(str(error), 1_000),
        )
        for recipient in recipients
    )


def send_again(message: Message) -> bool:
    """Have a message sent once more, with the same Message-ID; False when that cannot be."""
    now = timezone.now()
    with transaction.atomic():
        changed = (
            Message.objects.filter(pk=message.pk, state__in=SENDABLE_AGAIN)
            .exclude(raw=b"")
            .update(state=State.PENDING, attempts=0, not_before=now, error="", sent_at=None)
        )
        after_commit(deliver)
    return bool(changed)


def _columns(letter: Letter, recipient: str) -> dict[str, Any]:
    return {
        "recipient": recipient,
        "sender": letter.sender,
        "subject": _storable(letter.subject, 1_000),
        "message_id": _storable(letter.message_id, 255),
        "raw": letter.raw,
    }


def _storable(text: str, length: int) -> str:
    """What a column of PostgreSQL takes: no NUL, no half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:length]
