"""Mail names people: in the address, and in what it says."""

from collections.abc import Sequence
from typing import Any

from portal.outbox.models import Message
from portal.outbox.reading import read
from portal.outbox.retention import old
from portal.privacy import addresses, classify, keep, mentions, of_person, register

classify(
    "outbox.Message",
    personal="recipient subject raw error dedupe_key",
    internal="kind stream sender message_id state attempts not_before lease_until sent_at created_at",
)


def _export(user: Any) -> list[dict[str, Any]]:
    mails = Message.objects.filter(of_person("recipient", user)).order_by("pk")
    return [dict(mail) for mail in mails.values("subject", "kind", "state", "created_at", "sent_at")]


def _erase(people: Sequence[Any]) -> None:
    """Mails to these people, and mails to others that hold an address or the full name: copies of what was sent."""
    words: set[str] = set()
    for person in people:
        Message.objects.filter(of_person("recipient", person)).delete()
        words |= addresses(person)
        if person.first_name and person.last_name:
            words.add(person.get_full_name())
    names = mentions(words)
    told = [message.pk for message in Message.objects.iterator(chunk_size=200) if names.search(_said(message))]
    Message.objects.filter(pk__in=told).delete()


def _said(message: Message) -> str:
    mail = read(message)
    # Lines of a mail are broken anywhere between words.
    return " ".join(f"{message.subject} {message.error} {mail.headers} {mail.text} {mail.html}".split())


register("mail", export=_export, erase=_erase)
keep("old mail", due=old)
