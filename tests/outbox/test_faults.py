"""Whatever breaks, no mail is lost, and one that arrives twice says so: workers killed, two at once, no broker."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.outbox.enums import State
from portal.outbox.models import Message
from portal.outbox.relay import deliver_due
from portal.outbox.services import enqueue
from portal.outbox.tasks import deliver
from tests import factories
from tests.outbox.server import MailServer
from tests.patience import within
from tests.worker import MEMORY, REFUSED, broker, waiting, work

pytestmark = pytest.mark.django_db(transaction=True)

RELAY = "from portal.outbox.relay import deliver_due; deliver_due()"
# What one would write without thinking: first say that it is sent, then send it.
AT_MOST_ONCE = """
from portal.outbox.models import Message
from portal.outbox.transports import SmtpTransport
for message in Message.objects.all():
    Message.objects.filter(pk=message.pk).update(state="sent")
    SmtpTransport().send(message.sender, message.recipient, bytes(message.raw))
"""
# Or with a mail made when it is sent.
COMPOSED_ANEW = """
from django.core.mail import EmailMessage
from portal.outbox.models import Message
from portal.outbox.transports import SmtpTransport
for message in Message.objects.all():
    mail = EmailMessage("Dag", "Hallo.", message.sender, [message.recipient]).message()
    SmtpTransport().send(message.sender, message.recipient, mail.as_bytes())
"""
# And without a lease: everybody sends what is there.
NO_LEASE = """
from portal.outbox.models import Message
from portal.outbox.transports import SmtpTransport
transport = SmtpTransport()
for message in Message.objects.filter(state="pending"):
    transport.send(message.sender, message.recipient, bytes(message.raw))
    Message.objects.filter(pk=message.pk).update(state="sent")
"""


class Relays:
    """Workers as processes of their own, on the database of the test."""

    def __init__(self, server: MailServer, folder: Path) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.outbox.relay_settings",
            "DATABASE_URL": database_url(),
            "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "PORTAL_VAR_DIR": str(folder),
            "LOG_LEVEL": "ERROR",
        }

    def start(self, code: str = RELAY) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        self.processes.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.environment))
        return self.processes[-1]

    def run(self, code: str = RELAY) -> int:
        return self.start(code).wait(60)

    def kill(self) -> None:
        """The last one, without a chance to say anything."""
        os.kill(self.processes[-1].pid, signal.SIGKILL)
        self.processes[-1].wait(10)


def database_url() -> str:
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**values)


@pytest.fixture
def relays(server: MailServer, tmp_path: Path) -> Iterator[Relays]:
    relays = Relays(server, tmp_path)
    yield relays
    for process in relays.processes:
        process.kill()
        process.wait(10)


@pytest.fixture
def message() -> Message:
    with broker(MEMORY):
        return enqueue(kind="test", recipient="sam@example.org", subject="Dag", text="Hallo.")


def let_leases_run_out() -> None:
    Message.objects.filter(state=State.SENDING).update(lease_until=timezone.now())


def test_killed_before_the_server_answered_it_is_sent_again(to_server: MailServer, relays: Relays, message: Message) -> None:
    def die(recipient: str) -> str:
        relays.kill()
        return "451 Too late"

    to_server.on_data = die
    assert relays.run() == -signal.SIGKILL
    assert to_server.taken == []
    to_server.on_data = lambda recipient: "250 OK"
    assert deliver_due() == 0
    let_leases_run_out()
    assert deliver_due() == 1
    assert to_server.ids == [message.message_id]


def test_killed_after_the_server_took_it_on_the_second_is_known_as_the_same(
    to_server: MailServer, relays: Relays, message: Message
) -> None:
    def die(recipient: str) -> str:
        relays.kill()
        return "250 OK"

    to_server.on_data = die
    assert relays.run() == -signal.SIGKILL
    assert to_server.ids == [message.message_id]
    message.refresh_from_db()
    assert message.state == State.SENDING
    to_server.on_data = lambda recipient: "250 OK"
    let_leases_run_out()
    assert deliver_due() == 1
    assert to_server.ids == [message.message_id] * 2
    assert to_server.taken[0] == to_server.taken[1]


def test_control_saying_sent_before_sending_loses_it(to_server: MailServer, relays: Relays, message: Message) -> None:
    def die(recipient: str) -> str:
        relays.kill()
        return "451 Too late"

    to_server.on_data = die
    assert relays.run(AT_MOST_ONCE) == -signal.SIGKILL
    to_server.on_data = lambda recipient: "250 OK"
    let_leases_run_out()
    assert deliver_due() == 0
    assert to_server.taken == []


def test_control_a_mail_composed_at_each_attempt_cannot_be_known_as_the_same(
    to_server: MailServer, relays: Relays, message: Message
) -> None:
    def die(recipient: str) -> str:
        relays.kill()
        return "250 OK"

    to_server.on_data = die
    assert relays.run(COMPOSED_ANEW) == -signal.SIGKILL
    to_server.on_data = lambda recipient: "250 OK"
    assert relays.run(COMPOSED_ANEW) == 0
    assert len(set(to_server.ids)) == 2


MANY = 30


def two_at_once(server: MailServer, relays: Relays, code: str) -> Counter[str]:
    """How often each of many messages arrived when two workers begin together; each answer takes a moment."""
    with broker(MEMORY):
        for number in range(MANY):
            enqueue(kind="test", recipient=f"sam{number}@example.org", subject="Dag", text="Hallo.")
    server.seconds = 0.05
    # Neither begins before the other has started.
    meet = "import pathlib, time, os\nfolder = pathlib.Path(os.environ['PORTAL_VAR_DIR'], 'started')\n"
    meet += "folder.mkdir(exist_ok=True); folder.joinpath(str(os.getpid())).touch()\n"
    meet += "while len(list(folder.iterdir())) < 2: time.sleep(0.01)\n"
    relays.start(meet + code)
    relays.start(meet + code)
    assert [process.wait(60) for process in relays.processes] == [0, 0]
    return Counter(server.ids)


def test_two_workers_at_once_send_each_mail_once(server: MailServer, relays: Relays) -> None:
    arrived = two_at_once(server, relays, RELAY)
    assert len(arrived) == MANY
    assert set(arrived.values()) == {1}
    assert len(server.clients) == 2, "only one of the two did any work"


def test_control_without_a_lease_mails_arrive_twice(server: MailServer, relays: Relays) -> None:
    assert max(two_at_once(server, relays, NO_LEASE).values()) > 1


@pytest.fixture
def person(site: object) -> str:
    factories.UserFactory(email="sam@example.org", is_superuser=True)
    return "sam@example.org"


def forgot_password(client: Client, address: str) -> float:
    """Ask for a new password, which writes a mail; returns the seconds until the answer."""
    before = time.perf_counter()
    response = client.post("/account/wachtwoord-vergeten/", {"email": address})
    assert response.status_code == 302
    return time.perf_counter() - before


def test_without_a_broker_the_request_answers_and_the_sweep_delivers(to_server: MailServer, person: str, client: Client) -> None:
    client.get("/account/wachtwoord-vergeten/")
    with broker(REFUSED):
        assert forgot_password(client, person) < within(0.5)
        assert to_server.taken == []
        deliver()
    assert [recipient for recipient, _ in to_server.taken] == [person]
    assert "/account/wachtwoord-vergeten/" in to_server.mails[0].get_body(("plain",)).get_content()


def test_with_a_broker_a_worker_delivers_at_once(to_server: MailServer, person: str, client: Client) -> None:
    with broker(MEMORY):
        forgot_password(client, person)
        assert to_server.taken == []
        assert "portal.outbox.tasks.deliver" in work()
    assert [recipient for recipient, _ in to_server.taken] == [person]


def test_a_task_delivered_three_times_sends_once(to_server: MailServer, message: Message) -> None:
    for _ in range(3):
        deliver()
    assert to_server.ids == [message.message_id]


def test_many_mails_of_a_transaction_wake_the_worker_once() -> None:
    with broker(MEMORY):
        with transaction.atomic():
            for _ in range(3):
                send_mail("Dag", "Hallo", None, ["sam@example.org"])
        assert [name for name, _ in waiting()] == ["portal.outbox.tasks.deliver"]


def test_the_mail_server_away_for_a_night_costs_no_mail(to_server: MailServer, settings: Settings) -> None:
    right = settings.EMAIL_PORT
    settings.EMAIL_PORT = 9
    with broker(MEMORY):
        for number in range(20):
            enqueue(kind="test", recipient=f"sam{number}@example.org", subject="Dag", text="Hallo.")
        for _ in range(50):
            deliver_due()
        settings.EMAIL_PORT = right
        deliver()
    assert len(to_server.taken) == 20
