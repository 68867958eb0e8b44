"""What the entrance tells about who has an account: nothing. And who guesses is stopped, alone."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from portal.content.models import HomePage
from tests.accounts.people import RESET, SIGN_IN, counted_hashes, is_in, make_person, sign_in, sign_up
from tests.factories import PASSWORD

UNKNOWN = "niemand@example.org"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_site(site: HomePage) -> None:
    """Pages have a frame."""


def told(answer: HttpResponse, email: str) -> tuple[Any, ...]:
    """All that somebody outside sees of an answer: what differs by chance and what they typed themselves left out."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(email, "…")
    headers = {name: value for name, value in answer.headers.items() if name not in ("Content-Length", "Expires")}
    return answer.status_code, body, headers, sorted(answer.cookies)


@pytest.mark.parametrize("form", ["sign in", "sign up", "reset"])
def test_known_and_unknown_addresses_are_answered_alike(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    known = make_person().email
    answers, hashes = [], []
    for email in (known, UNKNOWN):
        client = Client()
        client.get(SIGN_IN)
        with counted_hashes(monkeypatch) as made:
            if form == "sign in":
                answer = sign_in(client, email, "een-verkeerd-wachtwoord")
            elif form == "sign up":
                answer = sign_up(client, email)
            else:
                answer = client.post(RESET, {"email": email})
        answers.append([told(answer, email)])
        if answer.status_code == 302:
            answers[-1].append(told(client.get(answer["Location"]), email))
        hashes.append(len(made))
    assert answers[0] == answers[1]
    assert hashes[0] == hashes[1]
    assert form == "reset" or hashes[0] > 0, "control: hashes are seen"


def test_a_closed_account_is_answered_like_one_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = make_person(is_active=False).email
    answers = []
    for email in (closed, UNKNOWN):
        with counted_hashes(monkeypatch) as made:
            answer = sign_in(Client(), email, "een-verkeerd-wachtwoord")
        answers.append((told(answer, email), len(made)))
    assert answers[0] == answers[1]


def test_six_wrong_guesses_lock_that_name_from_that_address_alone(client: Client) -> None:
    victim, other = make_person(), make_person()
    for _ in range(6):
        sign_in(client, victim, "een-verkeerd-wachtwoord", REMOTE_ADDR="192.0.2.7")
    sign_in(client, victim, PASSWORD, REMOTE_ADDR="192.0.2.7")
    assert not is_in(client)
    from_elsewhere = Client()
    sign_in(from_elsewhere, victim, PASSWORD, REMOTE_ADDR="192.0.2.8")
    assert is_in(from_elsewhere)
    sign_in(client, other, PASSWORD, REMOTE_ADDR="192.0.2.7")
    assert is_in(client)


def test_five_wrong_guesses_lock_nobody(client: Client) -> None:
    victim = make_person()
    for _ in range(5):
        sign_in(client, victim, "een-verkeerd-wachtwoord")
    sign_in(client, victim, PASSWORD)
    assert is_in(client)


def test_an_unknown_name_is_locked_too(client: Client) -> None:
    for _ in range(6):
        sign_in(client, UNKNOWN, "een-verkeerd-wachtwoord")
    locked = sign_in(client, UNKNOWN, "een-verkeerd-wachtwoord").content.decode()
    victim = make_person()
    for _ in range(6):
        sign_in(client, victim, "een-verkeerd-wachtwoord")
    known = sign_in(client, victim, "een-verkeerd-wachtwoord").content.decode()
    assert known.replace(victim.email, "…").count('role="alert"') == locked.count('role="alert"') == 1
    assert not is_in(client)


UNREADABLE = {"digits": "9" * 5_000, "brackets": "[" * 100_000}
NO_CREDENTIALS = ["", "x", "{}", '{"id": 1}', "[1]", '{"rawId": "x", "response": {}}', *UNREADABLE]


@pytest.mark.parametrize("credential", NO_CREDENTIALS)
def test_what_no_passkey_says_is_no_fault_of_ours(client: Client, credential: str) -> None:
    answer = client.post("/account/aanmelden/passkey/", {"credential": UNREADABLE.get(credential, credential)})
    assert answer.status_code in (200, 302)
    assert not is_in(client)


def test_forms_that_mail_are_sent_a_few_times_an_hour(client: Client) -> None:
    statuses = [client.post(RESET, {"email": UNKNOWN}).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]
    assert client.post(RESET, {"email": "iemand@example.org"}).status_code == 302
