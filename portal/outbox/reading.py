"""Reading a composed mail back, for those who look at it on a laptop."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from django.utils.translation import gettext_lazy as _

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

    @property
    def people(self) -> list[tuple[str, str]]:
        """From whom and to whom, each with a word for it."""
        return [(str(PEOPLE[name]), value) for name, value in self.headers if name in PEOPLE]

    @property
    def sent_at(self) -> datetime | None:
        """The date that the mail bears, when it can be read."""
        try:
            return parsedate_to_datetime(dict(self.headers).get("Date", ""))
        except ValueError:
            return None

    @property
    def technical(self) -> list[tuple[str, str]]:
        """The headers that only programs read."""
        return [(name, value) for name, value in self.headers if name not in {*PEOPLE, "Date"}]


PEOPLE = {"From": _("From"), "To": _("To"), "Cc": _("Copy to"), "Reply-To": _("Answers go to")}
SHOWN = (*PEOPLE, "Date", "Message-ID", "Auto-Submitted")


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
