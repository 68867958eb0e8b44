"""Mail names people: in the address, and in what it says."""

from typing import Any

from portal.outbox.models import Message
from portal.outbox.reading import read
from portal.outbox.retention import old
from portal.privacy import classify, keep, register

classify(
    "outbox.Message",
    personal="recipient subject raw error dedupe_key",
    internal="kind stream sender message_id state attempts not_before lease_until sent_at created_at",
)


def _export(user: Any) -> list[dict[str, Any]]:
    mails = Message.objects.filter(recipient__iexact=user.email).order_by("pk")
    return [dict(mail) for mail in mails.values("subject", "kind", "state", "created_at", "sent_at")]


def _erase(user: Any) -> None:
    """Mails to the person, and mails to others that hold the address."""
    Message.objects.filter(recipient__iexact=user.email).delete()
    told = [message.pk for message in Message.objects.iterator(chunk_size=200) if _names(message, user.email.lower())]
    Message.objects.filter(pk__in=told).delete()


def _names(message: Message, email: str) -> bool:
    mail = read(message)
    return email in f"{message.subject} {message.error} {mail.headers} {mail.text} {mail.html}".lower()


register("mail", export=_export, erase=_erase)
keep("old mail", due=old)
