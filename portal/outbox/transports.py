"""Ways for a message to leave: to a mail server, or nowhere."""

import smtplib
from types import TracebackType
from typing import Any, Protocol, Self

from django.core.mail.backends.smtp import EmailBackend


class Unavailable(Exception):  # noqa: N818 - it says what is the matter
    """The server cannot be reached, or the line broke. Whether a message that was under way has arrived is unknown."""


class Refused(Exception):  # noqa: N818 - it says what is the matter
    """The server does not take this message; `final` when it never will."""

    def __init__(self, reason: str, *, final: bool) -> None:
        super().__init__(reason)
        self.final = final


class Transport(Protocol):
    """A line to the world, closed at the end of the `with` block."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def open(self) -> None:
        """Make sure that there is a line. Raises Unavailable."""

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """Hand over one message; returns when the server has taken it on. Raises Refused and Unavailable."""


class KeptTransport:
    """For laptops: nothing leaves, the rows are read at `/dev/mail/`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def open(self) -> None:
        """Nothing to open."""

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """The message stays where it is."""


class SmtpTransport:
    """The mail server of Django's `EMAIL_…` settings."""

    def __init__(self) -> None:
        self.line: Any = EmailBackend()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._hang_up()

    def open(self) -> None:
        try:
            self.line.open()
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise Unavailable(_said(error)) from error

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        self.open()
        try:
            self.line.connection.sendmail(sender, [recipient], raw)
        except smtplib.SMTPRecipientsRefused as error:
            code, text = error.recipients[recipient]
            raise Refused(_reply(code, text), final=code >= 500) from error
        except smtplib.SMTPDataError as error:
            raise Refused(_said(error), final=error.smtp_code >= 500) from error
        except smtplib.SMTPSenderRefused as error:
            # Our own fault, or that of the settings: worth another try once they are mended.
            raise Refused(_said(error), final=False) from error
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise Unavailable(_said(error)) from error

    def _hang_up(self) -> None:
        # Django's own `close` waits for an answer to QUIT, and raises without one.
        if self.line.connection is not None:
            self.line.connection.close()
            self.line.connection = None


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _reply(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _reply(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
