"""Mail becomes rows: in the caller's transaction, composed once, and nothing that is wrong gets lost or gets through."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, mail_admins, send_mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from freezegun import freeze_time
from pytest_django import Settings
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from portal.accounts.retention import apply
from portal.content.models import KnowledgePage
from portal.outbox.composing import UnsendableMail
from portal.outbox.enums import State
from portal.outbox.forms import MailAddressField
from portal.outbox.models import Message
from portal.outbox.reading import read
from portal.outbox.services import enqueue, send_again
from tests import factories

pytestmark = pytest.mark.django_db
Captures = Callable[..., AbstractContextManager[list[object]]]


def write(**values: object) -> Message:
    return enqueue(**{"kind": "test", "recipient": "sam@example.org", "subject": "Dag", "text": "Hallo.\n\nTot ziens.", **values})


def test_a_message_is_composed_once_and_for_all() -> None:
    message = write(subject="Dag wereld – één", sender="Portaal <post@portal.example>", reply_to=["advies@portal.example"])
    mail = read(message)
    headers = dict(mail.headers)
    assert (message.recipient, message.sender) == ("sam@example.org", "post@portal.example")
    assert headers["From"] == "Portaal <post@portal.example>"
    assert headers["Reply-To"] == "advies@portal.example"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == message.message_id
    assert message.message_id.endswith("@portal.example>")
    assert mail.text.split() == ["Hallo.", "Tot", "ziens."]
    assert "<p>Hallo.</p>" in mail.html
    assert b"\r\n\r\n" in bytes(message.raw)


def test_what_is_written_in_html_stays_as_it_is() -> None:
    assert "<b>Hallo</b>" in read(write(html="<p><b>Hallo</b></p>")).html


def test_plain_text_is_no_markup() -> None:
    html = read(write(text="<script>x</script> https://portal.example/a?b=1&c=2")).html
    assert "<script>" not in html
    assert '<a href="https://portal.example/a?b=1&amp;c=2"' in html


def test_headers_of_the_caller_win() -> None:
    message = write(headers={"auto-submitted": "no", "message-id": "<a@b.example>"})
    assert message.message_id == "<a@b.example>"
    assert dict(read(message).headers)["Auto-Submitted"] == "no"


def test_an_invitation_keeps_its_method() -> None:
    message = write(attachments=[("les.ics", "BEGIN:VCALENDAR", "text/calendar; method=REQUEST")])
    (file,) = read(message).attachments
    assert (file.name, file.media_type, file.content) == ("les.ics", "text/calendar", b"BEGIN:VCALENDAR")
    assert b'method="REQUEST"' in bytes(message.raw)


def test_the_same_key_is_one_message() -> None:
    first = write(dedupe_key="booking:1:v2")
    assert write(dedupe_key="booking:1:v2", subject="Anders").pk == first.pk
    assert Message.objects.get().subject == "Dag"


def test_a_newer_message_takes_the_place_of_one_not_sent_yet() -> None:
    old, sent, elsewhere = write(stream="booking:1"), write(stream="booking:1"), write(stream="booking:2")
    Message.objects.filter(pk=sent.pk).update(state=State.SENT)
    write(stream="booking:1", replaces=True)
    states = dict(Message.objects.values_list("pk", "state"))
    assert (states[old.pk], states[sent.pk], states[elsewhere.pk]) == (State.SUPERSEDED, State.SENT, State.PENDING)


def test_a_rollback_leaves_nothing(django_capture_on_commit_callbacks: Captures) -> None:
    with django_capture_on_commit_callbacks() as after, transaction.atomic():
        write()
        send_mail("Dag", "Hallo", None, ["sam@example.org"])
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert after == []


def test_django_mail_is_a_row_for_each_recipient() -> None:
    mail = EmailMultiAlternatives("Dag", "Hallo", None, ["a@example.org"], bcc=["c@example.org"], cc=["Bo <b@example.org>"])
    mail.attach("les.pdf", b"%PDF", "application/pdf")
    assert mail.send() == 1
    rows = list(Message.objects.order_by("recipient"))
    assert [row.recipient for row in rows] == ["a@example.org", "b@example.org", "c@example.org"]
    assert len({row.message_id for row in rows}) == len({bytes(row.raw) for row in rows}) == 1
    assert b"c@example.org" not in bytes(rows[0].raw)
    assert [file.name for file in read(rows[0]).attachments] == ["les.pdf"]
    assert "Hallo" in read(rows[0]).html
    # The caller's own mail is as it was.
    assert (mail.alternatives, mail.extra_headers) == ([], {})


def test_plain_mail_gets_html_and_html_mail_stays_html() -> None:
    EmailMessage("Dag", "Hallo", None, ["a@example.org"]).send()
    only_html = EmailMessage("Dag", "<p>Hallo</p>", None, ["b@example.org"])
    only_html.content_subtype = "html"
    only_html.send()
    plain, html = Message.objects.order_by("recipient")
    assert (bool(read(plain).text), bool(read(plain).html)) == (True, True)
    assert (read(html).text, "<p>Hallo</p>" in read(html).html) == ("", True)


def test_mail_to_administrators_goes_the_same_way(settings: Settings) -> None:
    settings.ADMINS = [("Beheer", "beheer@example.org")]
    mail_admins("Let op", "De schijf is vol.")
    assert Message.objects.get().recipient == "beheer@example.org"


@pytest.mark.parametrize("header", ["Dag\nBcc: iedereen@example.org", "Dag\r\n\r\nTekst", "\nDag"])
def test_a_line_break_in_a_header_is_refused(header: str) -> None:
    with pytest.raises(BadHeaderError):
        write(subject=header)
    with pytest.raises(BadHeaderError):
        send_mail(header, "Hallo", None, ["sam@example.org"])
    with pytest.raises((BadHeaderError, UnsendableMail)):
        write(headers={"X-Soort": header})
    assert not Message.objects.exists()


def test_wagtails_workflow_writes_rows_in_the_transaction(article: KnowledgePage) -> None:
    editor, moderator = factories.UserFactory(), factories.UserFactory(email="moderator@example.org")
    group = Group.objects.create(name="Lezers mee")
    moderator.groups.add(group)
    task = GroupApprovalTask.objects.create(name="Meelezen")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Meelezen")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    with transaction.atomic():
        workflow.start(article, editor)
        message = Message.objects.get(recipient="moderator@example.org")
        assert article.title in message.subject
        assert article.title in read(message).html
        transaction.set_rollback(True)
    assert not Message.objects.exists()


WRONG = [
    "",
    "sam",
    "sam@",
    "@example.org",
    "sam@example.org\nBcc: x@example.org",
    "sam@example.org, kim@example.org",
    "sam@exa mple.org",
    "sam@example.org>",
    "sam\0@example.org",
    "sam\ud800@example.org",
    "a" * 400 + "@example.org",
]


@pytest.mark.parametrize("recipient", WRONG)
def test_a_wrong_address_is_told_to_who_writes(recipient: str) -> None:
    with pytest.raises(UnsendableMail, match="mail address"):
        write(recipient=recipient)
    assert not Message.objects.exists()


@pytest.mark.parametrize("recipient", WRONG[1:])
def test_by_way_of_django_it_is_kept_as_given_up(recipient: str, caplog: pytest.LogCaptureFixture) -> None:
    assert send_mail("Dag", "Hallo", None, [recipient]) == 0
    message = Message.objects.get()
    assert (message.state, "mail address" in message.error) == (State.FAILED, True)
    assert not send_again(message)
    assert "cannot be sent" in caplog.text


def test_an_address_in_another_script_goes_out_in_ascii() -> None:
    assert write(recipient="Sam <sam@münchen.example>").recipient == "sam@xn--mnchen-3ya.example"


@pytest.mark.parametrize(("text", "reason"), [("a" * 3_000, "bytes"), ("a\0b", "NUL"), ("a\ud800b", "characters")])
def test_a_text_that_no_server_takes_is_refused(text: str, reason: str, settings: Settings) -> None:
    settings.OUTBOX_MAX_BYTES = 2_500
    with pytest.raises(UnsendableMail, match=reason):
        write(text=text)
    assert send_mail("Dag é\0\ud800", text, None, ["sam@example.org"]) == 0
    assert Message.objects.get().state == State.FAILED


def test_control_a_text_just_small_enough_passes(settings: Settings) -> None:
    settings.OUTBOX_MAX_BYTES = 2_500
    assert write(text="a" * 500).state == State.PENDING


def test_odd_texts_arrive_as_they_were() -> None:
    text = "Ünïcode 🐝 \u202e\n.\n" + "lang " * 500 + "\n" + "x" * 1_500
    assert read(write(text=text)).text.replace("\r\n", "\n").rstrip("\n") == text


def test_messages_are_forgotten_after_their_term() -> None:
    days = {State.SENT: 30, State.SUPERSEDED: 30, State.FAILED: 180}
    for state in State:
        message = write()
        Message.objects.filter(pk=message.pk).update(state=state, created_at=timezone.now())
    assert apply(dry_run=False)["old mail"] == 0
    with freeze_time(timezone.now() + timedelta(days=31)):
        assert apply(dry_run=False)["old mail"] == 2
    with freeze_time(timezone.now() + timedelta(days=400)):
        assert apply(dry_run=False)["old mail"] == 1
    assert set(Message.objects.values_list("state", flat=True)) == {State.PENDING, State.SENDING}
    assert set(days) < set(State)


def test_old_mail_is_not_read_to_be_removed() -> None:
    Message.objects.filter(pk=write().pk).update(state=State.SENT)
    with freeze_time(timezone.now() + timedelta(days=31)), CaptureQueriesContext(connection) as queries:
        apply(dry_run=False)
    assert not Message.objects.exists()
    assert [query["sql"] for query in queries if '"raw"' in query["sql"]] == []


@pytest.mark.parametrize("typed", ["", "sam", "sam@", "sam@@school.nl", f"sam@{'é' * 63}.nl", f"{'a' * 250}@b.nl"])
def test_a_form_takes_only_an_address_that_mail_can_go_to(typed: str) -> None:
    with override("nl"), pytest.raises(ValidationError) as refused:
        MailAddressField().clean(typed)
    assert "naam@school.nl" in refused.value.messages[0]


def test_an_address_is_kept_in_lower_case() -> None:
    assert MailAddressField().clean(" Sam@School.NL ") == "sam@school.nl"
    assert MailAddressField(required=False).clean("") == ""
