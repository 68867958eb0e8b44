"""From no account to signed in, and back in when the password is lost."""

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from portal.content.models import HomePage
from tests.accounts.people import RESET, SIGN_IN, is_in, link_in, make_person, newest, sign_in, sign_up
from tests.factories import PASSWORD

NEW = "noor@school.example"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_site(site: HomePage) -> None:
    """Pages have a frame."""


def test_a_visitor_makes_an_account_confirms_it_and_is_in(client: Client) -> None:
    answer = sign_up(client, " Noor@School.example ")
    assert (answer.status_code, answer["Location"]) == (302, "/account/nieuw/mail/")
    assert not is_in(client)
    user = User.objects.get(email=NEW)
    assert (user.first_name, user.last_name) == ("Noor", "Nieuw")
    assert newest().to == [NEW]
    path = link_in(newest())
    assert client.get(path).status_code == 200
    assert not is_in(client), "opening the link changes nothing: mail scanners open every link"
    client.post(path)
    assert is_in(client)


def test_in_another_browser_the_link_confirms_and_does_not_sign_in(client: Client) -> None:
    sign_up(client, NEW)
    other = Client()
    other.post(link_in(newest()))
    assert not is_in(other)
    sign_in(other, NEW)
    assert is_in(other)


def test_an_address_that_was_not_confirmed_does_not_get_in(client: Client) -> None:
    sign_up(client, NEW)
    other = Client()
    assert sign_in(other, NEW)["Location"] == "/account/nieuw/mail/"
    assert not is_in(other)


@pytest.mark.parametrize(
    "values", [{"first_name": " "}, {"last_name": "a\u202eb"}, {"password1": "kort"}, {"email": "geen adres"}]
)
def test_what_is_wrong_is_said_beside_the_field(client: Client, values: dict[str, str]) -> None:
    given = {"first_name": "Noor", "last_name": "Nieuw", "email": NEW, "password1": PASSWORD, **values}
    answer = client.post("/account/nieuw/", given)
    (name,) = values
    page = answer.content.decode()
    assert f'id="id_{name}_error"' in page
    assert f'href="#id_{name}"' in page
    assert not User.objects.exists()


def test_a_robot_gets_the_same_answer_and_no_account(client: Client) -> None:
    assert sign_up(client, NEW, website="https://spam.example")["Location"] == "/account/nieuw/mail/"
    assert not User.objects.exists()
    assert not mail.outbox


def test_signing_in_leads_back_and_signing_out_forgets(client: Client) -> None:
    user = make_person()
    answer = sign_in(client, user.email.upper(), path=f"{SIGN_IN}?next=/kennis/")
    assert answer["Location"] == "/kennis/"
    assert is_in(client)
    client.get("/account/afmelden/")
    assert is_in(client), "a link alone signs nobody out"
    client.post("/account/afmelden/")
    assert not is_in(client)
    assert "sessionid" not in {name for name, cookie in client.cookies.items() if cookie.value}


def test_signing_in_never_leads_to_another_site(client: Client) -> None:
    answer = sign_in(client, make_person(), path=f"{SIGN_IN}?next=https://evil.example/")
    assert answer["Location"] == "/account/"


def test_a_lost_password_is_replaced_by_way_of_a_mail(client: Client) -> None:
    user = make_person()
    assert client.post(RESET, {"email": user.email})["Location"] == "/account/wachtwoord-vergeten/mail/"
    path = link_in(newest())
    form = client.get(path, follow=True)
    assert form.status_code == 200
    client.post(form.redirect_chain[-1][0], {"password1": "een-ander-lang-wachtwoord"})
    assert not is_in(client), "a reset does not sign in"
    assert not is_in_with(user, PASSWORD)
    assert is_in_with(user, "een-ander-lang-wachtwoord")
    used = Client().get(path, follow=True)
    assert "werkt niet" in used.content.decode() or "does not work" in used.content.decode()


def test_the_link_names_our_own_address_whatever_host_was_asked(client: Client) -> None:
    user = make_person()
    client.post(RESET, {"email": user.email}, headers={"host": "evil.example"})
    assert "evil.example" not in str(newest().body)
    sign_up(client, NEW)
    assert "evil.example" not in str(newest().body)


def test_passwords_and_addresses_are_changed_by_who_knows_the_password(client: Client) -> None:
    user = make_person()
    sign_in(client, user)
    again = client.post("/account/e-mail/", {"email": NEW, "action_add": "1"})
    assert again["Location"].startswith("/account/opnieuw/")
    client.post(again["Location"], {"password": PASSWORD})
    assert newest().to == [NEW]
    client.post(link_in(newest()))
    user.refresh_from_db()
    assert user.email == NEW
    assert [address.email for address in user.emailaddress_set.all()] == [NEW]
    new = "een-ander-lang-wachtwoord"
    wrong = client.post("/account/wachtwoord/", {"oldpassword": "iets-anders-dan-dat", "password1": new})
    assert wrong.status_code == 200
    client.post("/account/wachtwoord/", {"oldpassword": PASSWORD, "password1": new})
    assert is_in(client)
    assert is_in_with(user, new)


def test_a_name_is_changed(client: Client) -> None:
    user = make_person()
    client.force_login(user)
    assert client.post("/account/naam/", {"first_name": "", "last_name": "Q"}).status_code == 422
    client.post("/account/naam/", {"first_name": "Jip", "last_name": "Janneke"})
    user.refresh_from_db()
    assert str(user) == "Jip Janneke"


def test_sessions_elsewhere_are_seen_and_ended(client: Client) -> None:
    user, other = make_person(), Client()
    sign_in(other, user, headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/131.0"})
    sign_in(client, user)
    assert "Firefox op Windows" in client.get("/account/sessies/").content.decode()
    client.post("/account/sessies/")
    assert is_in(client)
    assert not is_in(other)


@pytest.mark.parametrize(
    "path", ["/account/", "/account/naam/", "/account/e-mail/", "/account/sessies/", "/account/tweede-stap/"]
)
def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"{SIGN_IN}?next={path}"


def is_in_with(user: User, password: str) -> bool:
    """Whether this password lets the person in."""
    client = Client()
    sign_in(client, user, password)
    return is_in(client)
