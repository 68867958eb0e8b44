"""Reading a composed mail back, for those who look at it on a laptop."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from portal.outbox.models import Message


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """A mail as its reader has it. `html` is empty when there is none."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    attachments: tuple[Attachment, ...]


SHOWN = ("From", "To", "Cc", "Reply-To", "Date", "Message-ID", "Auto-Submitted")


def read(message: Message) -> Reading:
    """The parts of a message."""
    mail: EmailMessage = message_from_bytes(bytes(message.raw), policy=policy.default)
    return Reading(
        headers=tuple((name, str(mail[name])) for name in SHOWN if mail[name]),
        text=_content(mail, "plain"),
        html=_content(mail, "html"),
        attachments=tuple(
            Attachment(part.get_filename() or "", part.get_content_type(), _decoded(part)) for part in mail.iter_attachments()
        ),
    )


def _decoded(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _content(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
