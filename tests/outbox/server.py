"""A real mail server in the test process, which can be told to misbehave."""

import asyncio
import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Answer = Callable[[str], str]


def take(recipient: str) -> str:
    """The answer of a server that takes everything."""
    return "250 OK"


class MailServer(Controller):
    """Keeps what it takes on. `on_recipient` and `on_data` get the recipient and say what the server answers, after `seconds`."""

    def __init__(self) -> None:
        self._taken: list[tuple[str, bytes]] = []
        self.clients: set[object] = set()
        self.seconds = 0.0
        self.on_recipient: Answer = take
        self.on_data: Answer = take
        self.lock = threading.Lock()
        super().__init__(self, hostname="127.0.0.1", port=0, data_size_limit=20 * 1024 * 1024)

    def _trigger_server(self) -> None:
        # The port is known only now.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.on_recipient(address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        (recipient,) = envelope.rcpt_tos
        await asyncio.sleep(self.seconds)
        with self.lock:
            answer = self.on_data(recipient)
            if answer.startswith("2"):
                self.clients.add(session.peer)
                self._taken.append((recipient, envelope.original_content))
        return answer

    @property
    def taken(self) -> list[tuple[str, bytes]]:
        """Recipient and bytes of what it took on; waits for an answer that is being given."""
        with self.lock:
            return list(self._taken)

    @property
    def mails(self) -> list[EmailMessage]:
        """What it took on, read."""
        return [message_from_bytes(raw, policy=policy.default) for _, raw in self.taken]

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each mail it took on."""
        return [mail["Message-ID"] for mail in self.mails]
