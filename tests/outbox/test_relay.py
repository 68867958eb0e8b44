"""The relay and a real mail server: what is sent when, what is tried again, when it gives up."""

import socket
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time
from pytest_django import Settings

from portal.outbox import relay
from portal.outbox.enums import State
from portal.outbox.models import Message
from portal.outbox.relay import deliver_due
from portal.outbox.services import enqueue, send_again
from portal.outbox.tasks import deliver
from portal.outbox.transports import SmtpTransport, Unavailable
from tests.outbox.server import MailServer

pytestmark = pytest.mark.django_db


def write(**values: object) -> Message:
    return enqueue(**{"kind": "test", "recipient": "sam@example.org", "subject": "Dag", "text": "Hallo.", **values})


def state_of(message: Message) -> tuple[str, int]:
    message.refresh_from_db()
    return message.state, message.attempts


def make_due() -> None:
    """As if the wait were over."""
    Message.objects.filter(state=State.PENDING).update(not_before=timezone.now())


def test_what_is_due_goes_out_byte_for_byte(to_server: MailServer) -> None:
    message, later = write(subject="Één"), write(not_before=timezone.now() + timedelta(hours=1))
    assert deliver_due() == 1
    assert to_server.taken == [("sam@example.org", bytes(message.raw))]
    assert state_of(message) == (State.SENT, 1)
    assert message.sent_at is not None
    assert state_of(later) == (State.PENDING, 0)
    with freeze_time(timezone.now() + timedelta(hours=2)):
        assert deliver_due() == 1
    assert deliver_due() == 0


def test_without_a_server_nothing_is_spent(to_server: MailServer, settings: Settings) -> None:
    message = write()
    right = settings.EMAIL_PORT
    settings.EMAIL_PORT = 9
    for _ in range(3):
        assert deliver_due() == 0
    assert state_of(message) == (State.PENDING, 0)
    settings.EMAIL_PORT = right
    assert deliver_due() == 1


def test_a_server_that_says_nothing_is_not_waited_for(settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 1
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        transport = SmtpTransport()
        with transport, pytest.raises(Unavailable):
            transport.open()


def test_a_passing_refusal_is_tried_again_with_the_same_message_id(to_server: MailServer) -> None:
    message = write()
    to_server.on_recipient = lambda recipient: "451 Later"
    assert deliver_due() == 0
    assert state_of(message) == (State.PENDING, 1)
    assert message.error == "451 Later"
    assert message.not_before > timezone.now()
    assert deliver_due() == 0
    make_due()
    to_server.on_recipient = lambda recipient: "250 OK"
    assert deliver_due() == 1
    assert (state_of(message), message.error) == ((State.SENT, 2), "")
    assert to_server.ids == [message.message_id]


@pytest.mark.parametrize("where", ["on_recipient", "on_data"])
def test_a_final_refusal_is_given_up_and_seen(where: str, to_server: MailServer) -> None:
    refused, fine = write(recipient="weg@example.org"), write()
    setattr(to_server, where, lambda recipient: "550 Unknown" if recipient.startswith("weg") else "250 OK")
    assert deliver_due() == 1
    assert (state_of(refused), refused.error) == ((State.FAILED, 1), "550 Unknown")
    assert state_of(fine) == (State.SENT, 1)


def test_the_waits_grow_and_end(to_server: MailServer, settings: Settings) -> None:
    settings.OUTBOX_ATTEMPTS = 12
    message = write()
    to_server.on_data = lambda recipient: "452 Full"
    waits = []
    while state_of(message)[0] != State.FAILED:
        make_due()
        before = timezone.now()
        deliver_due()
        message.refresh_from_db()
        waits.append(round((message.not_before - before).total_seconds()))
    assert message.attempts == 12
    assert waits[:4] == [30, 60, 120, 240]
    assert waits[-1] == relay.LONGEST_WAIT.total_seconds()


def test_a_line_that_breaks_holds_up_nobody_else(to_server: MailServer) -> None:
    def answer(recipient: str) -> str:
        if recipient.startswith("breuk"):
            raise ConnectionResetError
        return "250 OK"

    to_server.on_data = answer
    broken, fine = write(recipient="breuk@example.org"), write()
    assert deliver_due() == 1
    assert state_of(broken)[0] == State.PENDING
    assert state_of(fine)[0] == State.SENT


def test_messages_of_a_stream_keep_their_order(to_server: MailServer) -> None:
    first, second, other = write(stream="booking:1"), write(stream="booking:1"), write(stream="booking:2")
    for_kim = write(stream="booking:1", recipient="kim@example.org")
    to_server.on_recipient = lambda recipient: "451 Later"
    deliver_due(1)
    to_server.on_recipient = lambda recipient: "250 OK"
    assert deliver_due() == 2
    assert [state_of(message)[0] for message in (first, second, other, for_kim)] == ["pending", "pending", "sent", "sent"]
    make_due()
    assert deliver_due() == 2
    assert to_server.ids[-2:] == [first.message_id, second.message_id]


def test_a_message_given_up_does_not_block_its_stream(to_server: MailServer) -> None:
    first, second = write(stream="booking:1"), write(stream="booking:1")
    Message.objects.filter(pk=first.pk).update(state=State.FAILED)
    assert deliver_due() == 1
    assert to_server.ids == [second.message_id]


def test_a_lease_keeps_others_off_until_it_runs_out(to_server: MailServer) -> None:
    message = write()
    assert relay._take() is not None
    assert deliver_due() == 0
    with freeze_time(timezone.now() + relay.LEASE + timedelta(seconds=1)):
        assert deliver_due() == 1
    assert state_of(message) == (State.SENT, 2)


def test_a_message_that_kills_its_workers_is_given_up(to_server: MailServer, settings: Settings) -> None:
    settings.OUTBOX_ATTEMPTS = 3
    message = write()
    for attempt in range(4):
        with freeze_time(timezone.now() + attempt * (relay.LEASE + timedelta(minutes=1))):
            relay._give_up_on_killers()
            relay._take()
    assert state_of(message) == (State.FAILED, 3)
    assert "broke off" in message.error


def test_sent_again_it_is_the_same_message(to_server: MailServer) -> None:
    message = write()
    deliver_due()
    assert send_again(message)
    assert deliver_due() == 1
    assert to_server.ids == [message.message_id] * 2
    assert state_of(message) == (State.SENT, 1)


def test_what_was_replaced_is_not_sent_again() -> None:
    message = write()
    Message.objects.filter(pk=message.pk).update(state=State.SUPERSEDED)
    assert not send_again(message)
    assert state_of(message)[0] == State.SUPERSEDED


@pytest.mark.django_db(transaction=True)
def test_a_long_queue_goes_in_batches() -> None:
    for number in range(relay.BATCH + 1):
        Message.objects.create(dedupe_key=f"test:{number}", recipient="sam@example.org", raw=b"x")
    assert deliver_due() == relay.BATCH
    Message.objects.update(state=State.PENDING)
    deliver()
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}


def test_a_monitor_hears_when_mail_does_not_leave(site: object, client: Client) -> None:
    write(not_before=timezone.now() + timedelta(hours=1))
    message = write()
    for minutes, said in ((5, "ok"), (11, "1 messages are overdue")):
        with freeze_time(timezone.now() + timedelta(minutes=minutes)):
            assert client.get("/gezond/").json()["checks"]["mail"] == said
    Message.objects.filter(pk=message.pk).update(state=State.SENT)
    with freeze_time(timezone.now() + timedelta(minutes=11)):
        assert client.get("/gezond/").json()["checks"]["mail"] == "ok"


def test_on_a_laptop_nothing_leaves(server: MailServer, settings: Settings) -> None:
    settings.OUTBOX_TRANSPORT = "portal.outbox.transports.KeptTransport"
    message = write()
    deliver()
    assert state_of(message) == (State.SENT, 1)
    assert server.taken == []
