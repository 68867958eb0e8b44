"""An outbox and a mail server of a test's own."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.outbox.server import MailServer


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that takes everything until told otherwise."""
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def to_server(settings: Settings, server: MailServer) -> MailServer:
    """Mail leaves for this server."""
    settings.OUTBOX_TRANSPORT = "portal.outbox.transports.SmtpTransport"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 5
    return server


@pytest.fixture(autouse=True)
def by_way_of_the_outbox(settings: Settings) -> None:
    """Django's mail goes where it goes on a real site; the test runner would keep it in memory."""
    settings.EMAIL_BACKEND = "portal.outbox.backend.EmailBackend"
