"""What is known about people is declared, handed over and erased; and not kept for ever."""

import json
import logging
import threading
import time
import zipfile
from datetime import timedelta
from importlib.util import find_spec
from io import BytesIO, StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Comment, Revision

from portal import privacy
from portal.accounts.erasing import LastAdministrator, erase, export
from portal.accounts.groups import EDITORS
from portal.accounts.models import User
from portal.accounts.retention import apply
from portal.accounts.tasks import retention
from portal.audit.models import Entry
from portal.content.models import KnowledgePage
from portal.outbox import privacy as mail_privacy
from portal.outbox.models import Message
from portal.outbox.services import enqueue
from portal.privacy import mentions
from search.models import SavedSearch
from tests.accounts.dump import traces
from tests.accounts.people import is_in, make_person, sign_in, with_app
from tests.factories import PASSWORD, UserFactory
from tests.house import FLOORS

FIRST, LAST, EMAIL = "Zwaantje", "Zilverschoon", "z.zilverschoon@planted.example"
OTHERS = {"account", "mfa", "usersessions", "socialaccount"}
pytestmark = pytest.mark.django_db


def undeclared(model: type[Any]) -> set[str]:
    """Fields that nobody classified, and classified ones that do not exist."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return {field.name for field in fields if not field.primary_key} ^ privacy.classes(model._meta.label).keys()


def models() -> list[type[Any]]:
    """The models of apps that say what they know, and those of others that know people."""
    return [
        model
        for config in apps.get_app_configs()
        if config.label in OTHERS or (config.name.partition(".")[0] in FLOORS and find_spec(f"{config.name}.privacy"))
        for model in config.get_models()
    ]


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_of_every_field_it_is_said_what_it_holds(model: type[Any]) -> None:
    assert undeclared(model) == set()


def test_control_a_forgotten_and_a_vanished_field_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "_classes", {})
    privacy.classify("outbox.Message", personal="recipient shoe_size")
    assert {"shoe_size", "raw"} <= undeclared(Message)
    assert "recipient" not in undeclared(Message)
    with pytest.raises(ValueError, match="cannot be"):
        privacy.classify("outbox.Message", public="raw", personal="raw")


@pytest.fixture
def planted(settings: Settings, client: Client, article: KnowledgePage) -> User:
    """Somebody who left traces wherever one can."""
    settings.EMAIL_BACKEND = "portal.outbox.backend.EmailBackend"
    user = make_person(email=EMAIL, first_name=FIRST, last_name=LAST)
    user.groups.add(Group.objects.get(name=EDITORS))
    with_app(user)
    client.post("/account/wachtwoord-vergeten/", {"email": EMAIL})
    client.post("/account/nieuw/", {"first_name": FIRST, "last_name": LAST, "email": EMAIL, "password1": PASSWORD})
    sign_in(Client(), user)
    article.owner = user
    article.save_revision(user=user, log_action=True).publish()
    Comment.objects.create(page=article, user=user, contentpath="title", text=f"Vraag het aan {FIRST}")
    SavedSearch.objects.create(email=EMAIL, query="q=afval", label="afval")
    administrator = Client()
    administrator.force_login(UserFactory(is_superuser=True))
    form = {"email": EMAIL, "first_name": FIRST, "last_name": LAST, "is_active": "on"}
    administrator.post(f"/admin/users/edit/{user.pk}/", form)
    Message.objects.create(
        dedupe_key="to-another",
        kind="mail",
        recipient="ander@example.org",
        sender="post@example.org",
        subject="Een vraag",
        message_id="<1@example.org>",
        raw=f"Subject: Een vraag\r\nReply-To: {EMAIL}\r\n\r\nHallo".encode(),
    )
    return user


def test_an_erased_person_left_no_trace(planted: User, client: Client) -> None:
    client.force_login(planted)
    found = {trace.partition(".")[0] for trace in traces(EMAIL, FIRST, LAST)}
    assert found >= {"accounts_user", "outbox_message", "search_savedsearch", "wagtailcore_comment", "account_emailaddress"}
    pk = planted.pk
    erase(planted, by=None)
    assert traces(EMAIL, FIRST, LAST) == []
    assert Entry.objects.filter(action="account.erased", target=str(pk)).exists()
    assert not is_in(client)
    assert KnowledgePage.objects.get().owner is None
    assert Revision.objects.exists()


def test_erasing_one_leaves_the_others(planted: User) -> None:
    other = make_person(email="ander@blijft.example", first_name="Blijver")
    before = len(traces("ander@blijft.example", "Blijver"))
    erase(planted, by=None)
    assert User.objects.filter(pk=other.pk).exists()
    assert len(traces("ander@blijft.example", "Blijver")) == before


@pytest.mark.parametrize("path", ["/admin/users/delete/{0}/", "/admin/bulk/accounts/user/delete/?id={0}"])
def test_deleting_an_account_at_the_desk_erases_it_too(path: str, planted: User) -> None:
    administrator, desk = UserFactory(is_superuser=True), Client()
    desk.force_login(administrator)
    assert traces(EMAIL, FIRST, LAST)
    assert desk.post(path.format(planted.pk)).status_code == 302
    assert not User.objects.filter(pk=planted.pk).exists()
    assert traces(EMAIL, FIRST, LAST) == []
    (entry,) = Entry.objects.filter(action="account.erased", target=str(planted.pk))
    assert entry.actor == administrator.pk


def test_a_deletion_that_is_undone_erased_nothing(planted: User) -> None:
    before = sorted(traces(EMAIL, FIRST, LAST))
    with transaction.atomic():
        User.objects.filter(pk=planted.pk).delete()
        assert traces(EMAIL, FIRST, LAST) == []
        transaction.set_rollback(True)
    assert sorted(traces(EMAIL, FIRST, LAST)) == before
    assert not Entry.objects.filter(action="account.erased").exists()


def test_who_leaves_stands_in_the_log_once() -> None:
    leaving, other = make_person(), make_person()
    numbers = sorted([str(leaving.pk), str(other.pk)])
    erase(leaving, other, by=None)
    assert not User.objects.exists()
    assert sorted(Entry.objects.filter(action="account.erased").values_list("target", flat=True)) == numbers


@pytest.mark.parametrize("kept", [{"unsent": {"email": ["Beside@Planted.Example"]}}, {"account_email": EMAIL.upper()}])
def test_a_session_with_any_address_of_the_person_goes(kept: dict[str, Any]) -> None:
    user, other = make_person(email=EMAIL), make_person()
    EmailAddress.objects.create(user=user, email="beside@planted.example")
    for values in (kept, {"account_email": other.email}):
        session = SessionStore()
        session.update(values)
        session.save()
    erase(user, by=None)
    (left,) = Session.objects.all()
    assert left.get_decoded() == {"account_email": other.email}


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("Aan: An <AN@school.nl>", True),
        ("mailto:an@school.nl.", True),
        ("an@school.nl", True),
        ("regel\nan@school.nl, en anderen", True),
        ("Dag An de Wit!", True),
        ("jan@school.nl", False),
        ("j-an@school.nl", False),
        ("b.an@school.nl", False),
        ("an@school.nl.example", False),
        ("Joan de Wit", False),
        ("An de Witte", False),
    ],
)
def test_traces_of_somebody_whose_name_holds_this_one_stay(said: str, whose: bool) -> None:
    assert bool(mentions(["an@school.nl", "An de Wit"]).search(said)) is whose
    assert not mentions([""]).search(said)


def test_mail_and_session_of_somebody_with_a_longer_address_stay() -> None:
    an, jan = make_person(email="an@school.example"), make_person(email="jan@school.example")
    enqueue(kind="test", recipient=jan.email, subject="Dag", text=f"Je meldt je aan met {jan.email}.")
    session = SessionStore()
    session["account_email"] = jan.email
    session.save()
    erase(an, by=None)
    assert Message.objects.filter(recipient=jan.email).exists()
    assert Session.objects.exists()


def test_the_last_administrator_stays() -> None:
    administrator = UserFactory(is_superuser=True)
    with pytest.raises(LastAdministrator):
        erase(administrator, by=administrator)
    UserFactory(is_superuser=True)
    erase(administrator, by=administrator)


@pytest.mark.django_db(transaction=True)
def test_of_two_last_administrators_who_leave_at_once_one_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite transactions queue anyway; on PostgreSQL the rows are locked."""
    lingering = privacy.Provider("lingering", lambda user: None, lambda people: time.sleep(0.5))
    monkeypatch.setitem(privacy._providers, "lingering", lingering)
    refused: list[User] = []

    def leave(administrator: User) -> None:
        try:
            erase(administrator, by=administrator)
        except LastAdministrator:
            refused.append(administrator)
        finally:
            connection.close()

    leaving = [threading.Thread(target=leave, args=(UserFactory(is_superuser=True),)) for _ in range(2)]
    for thread in leaving:
        thread.start()
    for thread in leaving:
        thread.join()
    assert list(User.objects.all()) == refused
    assert len(refused) == 1


def test_a_download_holds_all_of_one_and_nothing_of_another(planted: User) -> None:
    other = make_person(email="ander@blijft.example", first_name="Blijver", last_name="Bakker")
    SavedSearch.objects.create(email=other.email, query="q=water", label="water van Blijver")
    with zipfile.ZipFile(BytesIO(export(planted))) as archive:
        known = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    text = json.dumps(known, ensure_ascii=False)
    assert {"account.json", "mail.json", "desk.json", "saved-searches.json", "rights.json"} <= known.keys()
    assert known["account.json"]["email"] == EMAIL
    assert known["desk.json"]["comments"][0]["text"] == f"Vraag het aan {FIRST}"
    assert known["saved-searches.json"][0]["label"] == "afval"
    for word in ("Blijver", "Bakker", "ander@"):
        assert word not in text


def test_both_are_done_on_the_account_page_after_the_password(client: Client, article: KnowledgePage) -> None:
    user = make_person()
    UserFactory(is_superuser=True)
    sign_in(client, user)
    for path in ("/account/gegevens/", "/account/verwijderen/"):
        assert path in client.get("/account/").content.decode()
        assert client.post(path)["Location"].startswith("/account/opnieuw/")
    assert User.objects.filter(pk=user.pk).exists()
    client.post("/account/opnieuw/", {"password": PASSWORD})
    file = client.post("/account/gegevens/")
    assert (file["Content-Type"], file["Cache-Control"]) == ("application/zip", "private, no-store")
    assert zipfile.is_zipfile(BytesIO(file.content))
    assert client.post("/account/verwijderen/")["Location"] == "/account/verwijderd/"
    assert client.get("/account/verwijderd/").status_code == 200
    assert not User.objects.filter(pk=user.pk).exists()


def test_what_was_kept_long_enough_goes_and_the_rest_stays(client: Client, article: KnowledgePage) -> None:
    confirmed, fresh, invited = make_person(), UserFactory(), UserFactory()
    old = UserFactory()
    for user in (old, fresh):
        EmailAddress.objects.create(user=user, email=user.email, primary=True)
    User.objects.exclude(pk=fresh.pk).update(date_joined=timezone.now() - timedelta(days=15))
    sign_in(client, confirmed)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    assert UserSession.objects.exists()
    said = StringIO()
    call_command("retention", "--dry-run", stdout=said)
    assert "accounts that were never confirmed: 1 to be removed" in said.getvalue()
    assert User.objects.filter(pk=old.pk).exists()
    assert Session.objects.exists()
    call_command("retention", stdout=StringIO())
    assert set(User.objects.all()) == {confirmed, fresh, invited}
    assert not Session.objects.exists()
    call_command("retention", stdout=StringIO())
    assert not UserSession.objects.exists()


def unconfirmed(number: int) -> None:
    """Accounts that nobody ever confirmed, long ago."""
    for _ in range(number):
        user = UserFactory(date_joined=timezone.now() - timedelta(days=15))
        EmailAddress.objects.create(user=user, email=user.email, primary=True)


def a_mail(about: str = "") -> None:
    Message.objects.create(
        dedupe_key=f"{Message.objects.count()}", kind="mail", recipient="ander@example.org", subject=about, raw=b"Hallo"
    )


def test_many_accounts_read_the_mails_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Message] = []
    monkeypatch.setattr(mail_privacy, "read", lambda message, read=mail_privacy.read: reads.append(message) or read(message))
    unconfirmed(5)
    a_mail()
    a_mail(about=f"Van {User.objects.order_by('-pk')[0].email}")
    assert apply(dry_run=False)["accounts that were never confirmed"] == 5
    assert len(reads) == 2
    assert not User.objects.exists()
    assert Message.objects.count() == 1


def test_more_accounts_than_a_batch_go_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.accounts.privacy.BATCH", 2)
    unconfirmed(5)
    apply(dry_run=False)
    assert not User.objects.exists()


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_kind_that_fails_holds_up_no_other(
    options: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> Any:
        raise RuntimeError("a broken index")

    monkeypatch.setitem(privacy._terms, "a broken kind", privacy.Term("a broken kind", fails, lambda rows: None))
    unconfirmed(1)
    said = StringIO()
    with caplog.at_level(logging.ERROR), pytest.raises(CommandError, match="a broken kind"):
        call_command("retention", *options, stdout=said)
    assert "accounts that were never confirmed: 1 " in said.getvalue()
    assert "a broken index" in caplog.text
    assert User.objects.exists() == bool(options)
    retention()
    assert not User.objects.exists()
