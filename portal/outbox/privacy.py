"""Mail names people: in the address, and in what it says."""

from typing import Any

from portal.outbox.models import Message
from portal.outbox.reading import read
from portal.outbox.retention import old
from portal.privacy import addresses, classify, keep, of_person, register

classify(
    "outbox.Message",
    personal="recipient subject raw error dedupe_key",
    internal="kind stream sender message_id state attempts not_before lease_until sent_at created_at",
)


def _export(user: Any) -> list[dict[str, Any]]:
    mails = Message.objects.filter(of_person("recipient", user)).order_by("pk")
    return [dict(mail) for mail in mails.values("subject", "kind", "state", "created_at", "sent_at")]


def _erase(user: Any) -> None:
    """Mails to the person, and mails to others that hold an address or the full name: copies of what was sent."""
    Message.objects.filter(of_person("recipient", user)).delete()
    words = addresses(user)
    if user.first_name and user.last_name:
        words.add(user.get_full_name().lower())
    told = [message.pk for message in Message.objects.iterator(chunk_size=200) if _names(message, words)]
    Message.objects.filter(pk__in=told).delete()


def _names(message: Message, words: set[str]) -> bool:
    mail = read(message)
    # Lines of a mail are broken anywhere between words.
    said = " ".join(f"{message.subject} {message.error} {mail.headers} {mail.text} {mail.html}".lower().split())
    return any(word in said for word in words)


register("mail", export=_export, erase=_erase)
keep("old mail", due=old)
