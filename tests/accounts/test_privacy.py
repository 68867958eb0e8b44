"""What is known about people is declared, handed over and erased; and not kept for ever."""

import json
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
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Comment, Revision

from portal import privacy
from portal.accounts.erasing import LastAdministrator, erase, export
from portal.accounts.groups import EDITORS
from portal.accounts.models import User
from portal.audit.models import Entry
from portal.content.models import KnowledgePage
from portal.outbox.models import Message
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


def test_the_last_administrator_stays() -> None:
    administrator = UserFactory(is_superuser=True)
    with pytest.raises(LastAdministrator):
        erase(administrator, by=administrator)
    UserFactory(is_superuser=True)
    erase(administrator, by=administrator)


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
