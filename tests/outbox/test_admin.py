"""The outbox in Wagtail's admin: for administrators, with a button and without the text of any mail."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import NoReverseMatch, reverse

from portal.outbox.enums import State
from portal.outbox.models import Message
from portal.outbox.services import enqueue
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(site: object) -> Message:
    message = enqueue(kind="test", recipient="sam@example.org", subject="Nieuw wachtwoord", text="Geheime link")
    Message.objects.filter(pk=message.pk).update(state=State.FAILED, error="550 Unknown", attempts=3)
    return message


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


def show(message: Message) -> str:
    return reverse("outbox:inspect", args=[message.pk])


def test_an_administrator_sees_what_happened_but_not_what_was_said(message: Message, administrator: Client) -> None:
    for page in (reverse("outbox:index"), show(message)):
        html = administrator.get(page).content.decode()
        assert "Nieuw wachtwoord" in html
        assert "sam@example.org" in html
        assert "Geheime" not in html
    assert "550 Unknown" in html


def test_moments_are_those_of_the_netherlands(message: Message, administrator: Client) -> None:
    Message.objects.update(created_at=datetime(2027, 7, 1, 22, 30, tzinfo=UTC))
    assert "2 juli 2027 00:30" in administrator.get(show(message)).content.decode()


def test_it_is_found_by_state_and_recipient(message: Message, administrator: Client) -> None:
    index = reverse("outbox:index")
    assert "Nieuw wachtwoord" in administrator.get(f"{index}?state=failed&q=sam").content.decode()
    assert "Nieuw wachtwoord" not in administrator.get(f"{index}?state=sent").content.decode()


def test_it_stands_among_the_reports(message: Message, administrator: Client) -> None:
    assert reverse("outbox:index") in administrator.get("/admin/").content.decode()


def test_the_button_sends_again(message: Message, administrator: Client) -> None:
    assert 'type="submit"' in administrator.get(show(message)).content.decode()
    assert administrator.post(show(message)).status_code == 302
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == (State.PENDING, 0, "")


@pytest.mark.parametrize("values", [{"state": State.SENDING}, {"state": State.SUPERSEDED}, {"raw": b""}])
def test_there_is_no_button_when_there_is_nothing_to_send(
    values: dict[str, object], message: Message, administrator: Client
) -> None:
    Message.objects.update(**values)
    before = Message.objects.values("state", "attempts").get()
    assert "Message-ID:" not in administrator.get(show(message)).content.decode()
    administrator.post(show(message))
    assert Message.objects.values("state", "attempts").get() == before


def test_nothing_is_changed_or_removed_by_hand(message: Message, administrator: Client) -> None:
    for name in ("add", "edit", "delete", "copy"):
        try:
            page = reverse(f"outbox:{name}", args=[] if name == "add" else [message.pk])
        except NoReverseMatch:
            continue
        assert administrator.get(page).status_code == 302, name
        administrator.post(page, {"subject": "Anders"})
    assert Message.objects.get().subject == "Nieuw wachtwoord"


def test_an_editor_sees_none_of_it(message: Message, client: Client) -> None:
    editor = factories.UserFactory()
    group = Group.objects.create(name="Redactie zonder meer")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    editor.groups.add(group)
    client.force_login(editor)
    assert client.get(reverse("outbox:index")).status_code == 302
    assert client.post(show(message)).status_code == 302
    message.refresh_from_db()
    assert message.state == State.FAILED
    assert reverse("outbox:index") not in client.get("/admin/").content.decode()
