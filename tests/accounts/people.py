"""People at the sign-in, as a browser drives it."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.contrib.auth import hashers
from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client

from portal.accounts.models import User
from tests.factories import PASSWORD, UserFactory

TOTP_PERIOD = app_settings.TOTP_PERIOD
SECONDS_TO_TYPE = 3
SIGN_IN, SIGN_UP, RESET = "/account/aanmelden/", "/account/nieuw/", "/account/wachtwoord-vergeten/"


def make_person(**values: Any) -> User:
    """Somebody who may sign in: their address is confirmed."""
    user: User = UserFactory(**values)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client: Client, user: User | str, password: str = PASSWORD, *, path: str = SIGN_IN, **extra: Any) -> HttpResponse:
    """Fill in the form of the sign-in."""
    email = user if isinstance(user, str) else user.email
    return client.post(path, {"login": email, "password": password}, **extra)


def sign_up(client: Client, email: str, **values: str) -> HttpResponse:
    """Fill in the form for a new account."""
    given = {"first_name": "Noor", "last_name": "Nieuw", "email": email, "password1": PASSWORD}
    return client.post(SIGN_UP, given | values)


def is_in(client: Client) -> bool:
    """Whether somebody is signed in."""
    return client.get("/account/").status_code == 200


def link_in(message: EmailMessage) -> str:
    """The path of the one link to this site in a mail."""
    (found,) = set(re.findall(rf"{settings.WAGTAILADMIN_BASE_URL}(\S+)", str(message.body)))
    return urlsplit(found).path


def code_in(message: EmailMessage) -> str:
    """The code in a mail, on a line of its own."""
    (found,) = re.findall(r"^([A-Z0-9-]{4,})$", str(message.body), re.MULTILINE)
    return str(found)


def newest() -> EmailMessage:
    """The last mail."""
    return mail.outbox[-1]


def with_app(user: User) -> str:
    """Set up an app for one-time codes; its key."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def app_code(secret: str) -> str:
    """What the app shows now, and goes on showing long enough to be typed."""
    if (left := TOTP_PERIOD - time.time() % TOTP_PERIOD) < SECONDS_TO_TYPE:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@contextmanager
def counted_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The passwords that are hashed meanwhile."""
    made: list[str] = []
    busy: list[bool] = []
    hasher = type(hashers.get_hasher())

    def counting(call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(self: Any, password: str, *rest: Any, **more: Any) -> Any:
            # Some hashers compare by making the hash once more.
            if not busy:
                made.append(password)
            busy.append(True)
            try:
                return call(self, password, *rest, **more)
            finally:
                busy.pop()

        return counted

    with monkeypatch.context() as patch:
        patch.setattr(hasher, "encode", counting(hasher.encode))
        patch.setattr(hasher, "verify", counting(hasher.verify))
        yield made
