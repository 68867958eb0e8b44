"""The mailbox of a laptop at /dev/mail/: there in the demo, nowhere else."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from freezegun import freeze_time
from pytest_django import Settings

from portal.outbox.models import Message
from portal.outbox.services import enqueue
from portal.settings import base, dev

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(settings: Settings) -> Message:
    settings.DEMO = True
    return enqueue(
        kind="test",
        recipient="sam@example.org",
        subject="Dag <b>wereld</b>",
        text="Kijk op https://portal.example/plan?a=1&b=2",
        attachments=[("les.ics", "BEGIN:VCALENDAR", "text/calendar; method=REQUEST"), ("<i>.html", "<script>", "text/html")],
    )


def pages(message: Message) -> list[str]:
    key = [message.pk]
    return [
        reverse("mailbox:list"),
        *(reverse(f"mailbox:{name}", args=key) for name in ("mail", "html", "markup")),
        reverse("mailbox:attachment", args=[message.pk, 0]),
    ]


def test_outside_the_demo_there_is_no_mailbox(message: Message, settings: Settings, client: Client) -> None:
    assert [client.get(page).status_code for page in pages(message)] == [200] * 5
    settings.DEMO = False
    assert [client.get(page).status_code for page in pages(message)] == [404] * 5


def test_only_the_settings_of_a_laptop_open_it() -> None:
    assert dev.DEMO
    assert not getattr(base, "DEMO", False)


def test_the_newest_stands_first(message: Message, client: Client) -> None:
    enqueue(kind="test", recipient="kim@example.org", subject="Later", text="Hallo")
    page = client.get("/dev/mail/").content.decode()
    assert page.index("Later") < page.index("Dag &lt;b&gt;wereld&lt;/b&gt;")
    assert "sam@example.org" in page


def test_a_mail_is_read_as_text_and_as_html(message: Message, client: Client) -> None:
    text = client.get(reverse("mailbox:mail", args=[message.pk])).content.decode()
    assert '<a href="https://portal.example/plan?a=1&amp;b=2"' in text
    assert "iframe" not in text
    assert "&lt;i&gt;.html" in text
    response = client.get(reverse("mailbox:html", args=[message.pk]))
    assert reverse("mailbox:markup", args=[message.pk]) in response.content.decode()
    assert "frame-src 'self'" in response["Content-Security-Policy"]


def test_the_head_of_a_mail_is_in_dutch(message: Message, client: Client) -> None:
    with freeze_time("2026-12-08 20:05:00"):
        mail = enqueue(kind="test", recipient="kim@example.org", subject="Dag", text="Hallo", reply_to=["advies@portal.example"])
    page = client.get(reverse("mailbox:mail", args=[mail.pk])).content.decode()
    people, separator, technical = page.partition("<details>")
    assert separator
    with translation.override("nl"):
        for label, value in (("From", mail.sender), ("To", "kim@example.org"), ("Answers go to", "advies@portal.example")):
            row = rf"<dt>{gettext(label)}</dt><dd>[^/]*{re.escape(value)}"
            assert re.search(row, people), label
    assert "8 december 2026, 21.05" in people
    assert "Message-ID" not in people
    assert "Tue, " not in page
    assert "<dt>Message-ID</dt>" in technical
    assert "<dt>Auto-Submitted</dt>" in technical


def test_a_mail_without_a_date_that_can_be_read_is_shown(message: Message, client: Client) -> None:
    for date in (b"", b"Date: gisteren\r\n", b"Date: Tue, 99 Foo 2026 99:99:99 +9999\r\n"):
        Message.objects.update(raw=date + b"Subject: x\r\n\r\nHallo")
        assert client.get(reverse("mailbox:mail", args=[message.pk])).status_code == 200


def test_the_html_of_a_mail_has_a_right_to_nothing(message: Message, client: Client) -> None:
    response = client.get(reverse("mailbox:markup", args=[message.pk]))
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert b'<base target="_top">' in response.content


def test_attachments_are_downloaded_never_shown(message: Message, client: Client) -> None:
    response = client.get(reverse("mailbox:attachment", args=[message.pk, 1]))
    assert response["Content-Disposition"] == 'attachment; filename="<i>.html"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response.content == b"<script>"
    assert client.get(reverse("mailbox:attachment", args=[message.pk, 2])).status_code == 404


def test_a_mail_that_could_not_be_composed_can_be_looked_at(message: Message, client: Client) -> None:
    Message.objects.update(raw=b"", error="Te groot")
    page = client.get(reverse("mailbox:mail", args=[message.pk])).content.decode()
    assert "Te groot" in page


def test_hostile_questions_are_answered(message: Message, client: Client) -> None:
    for query in ("page=99999999999999999999", "page=abc", "page=-1"):
        assert client.get(f"/dev/mail/?{query}").status_code == 200
    assert client.get("/dev/mail/99999999999999999999999/").status_code == 404
    assert client.post("/dev/mail/").status_code == 405
