"""From what a view wants to say to the bytes that go over the line."""

import copy
from dataclasses import dataclass
from email.utils import formatdate
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils.encoding import punycode


class UnsendableMail(ValueError):  # noqa: N818 - it says what is the matter
    """This mail can never be sent as it is; the message says why."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A composed mail. `sender` and `recipients` are bare ASCII addresses, as the envelope wants them."""

    sender: str
    recipients: tuple[str, ...]
    subject: str
    message_id: str
    raw: bytes


def compose(mail: EmailMessage) -> Letter:
    """The mail with a lasting Message-ID and date, the mark of a machine (RFC 3834), and HTML beside plain text.

    Raises BadHeaderError for a line break in a header and UnsendableMail for whatever else no server would take. The mail that
    is handed in stays as it is.
    """
    mail = _with_html(mail)
    given = {name.lower() for name in mail.extra_headers}
    sender = address(mail.from_email)
    ours = {
        "Message-ID": f"<{uuid4()}@{sender.rpartition('@')[2]}>",
        "Date": formatdate(localtime=True),
        "Auto-Submitted": "auto-generated",
    }
    mail.extra_headers = mail.extra_headers | {name: value for name, value in ours.items() if name.lower() not in given}
    recipients = tuple(dict.fromkeys(address(recipient) for recipient in mail.recipients()))
    try:
        message = mail.message()
        raw: bytes = message.as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    except BadHeaderError:
        raise
    except ValueError as error:
        raise UnsendableMail(f"The mail holds an address or characters that cannot be sent: {error}") from error
    if b"\0" in raw:
        raise UnsendableMail("The mail holds a NUL character.")
    if len(raw) > settings.OUTBOX_MAX_BYTES:
        raise UnsendableMail(f"The mail has {len(raw):,} bytes, more than {settings.OUTBOX_MAX_BYTES:,}.")
    return Letter(sender, recipients, str(mail.subject), str(message["Message-ID"]), raw)


def address(text: str) -> str:
    """The bare address in `Name <user@host>`, its host in ASCII. Raises UnsendableMail when there is not exactly one.

    Stricter than the parser of the standard library, which makes an address of almost anything.
    """
    _, opened, rest = text.rpartition("<")
    bare = rest.removesuffix(">") if opened and text.endswith(">") else text
    user, _, host = bare.rpartition("@")
    try:
        found = f"{user}@{punycode(host)}"
        validate_email(found)
    except (ValidationError, UnicodeError):
        raise UnsendableMail(f"This is not a mail address: {text[:200]!r}") from None
    return found


def _with_html(mail: EmailMessage) -> EmailMessage:
    """A copy; plain text gets a simple HTML form beside it."""
    if type(mail) is EmailMessage and mail.content_subtype == "plain":
        rich = EmailMultiAlternatives(mail.subject, mail.body, mail.from_email)
        rich.__dict__.update(mail.__dict__)
        mail = rich
    mail = copy.copy(mail)
    if isinstance(mail, EmailMultiAlternatives) and mail.content_subtype == "plain":
        mail.alternatives = list(mail.alternatives)
        if not any(alternative[1] == "text/html" for alternative in mail.alternatives):
            html = render_to_string(
                "outbox/mail.html", {"site": settings.WAGTAIL_SITE_NAME, "subject": mail.subject, "text": str(mail.body).strip()}
            )
            mail.attach_alternative(html, "text/html")
    return mail
