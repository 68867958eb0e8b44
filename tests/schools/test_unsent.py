"""What was typed when the session had ended is not lost: it stands in the form after the sign-in, saved by a press only."""

import re
import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import User
from portal.content.models import HomePage
from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept
from schools import unsent
from schools.enums import Role
from schools.models import School, SupportNeed
from schools.needs.services import add_need, change_need
from tests.accounts.people import make_person, sign_in
from tests.schools.making import a_school
from tests.schools.people import a_member

NEED = "/mijn-school/99zz00/behoeften/1/"
ADD, CHANGE, STEP = "/mijn-school/99zz00/behoeften/nieuw/", f"{NEED}wijzigen/", f"{NEED}vervuld/"
PROFILE = "/mijn-school/99zz00/profiel/"
TYPED = "Een buur die wil helpen met de tuin"


@pytest.fixture
def school(site: HomePage) -> School:
    return a_school("99ZZ00")


@pytest.fixture
def lead(school: School) -> User:
    user = make_person()
    a_member(school, Role.COORDINATOR, user=user)
    return user


def send(client: Client, address: str, values: dict[str, Any]) -> str:
    """Press the button of the form at an address; returns where that leads."""
    return client.post(address, values, headers={"referer": f"http://testserver{address}"})["Location"]


def words(**values: Any) -> dict[str, Any]:
    return {"what": TYPED, "domain": _domain().pk, "priority": 1, **values}


def _domain() -> Concept:
    return Concept.objects.get(scheme=Scheme.WSA, code="omgeving")


def test_it_stands_in_the_form_after_the_sign_in(school: School, lead: User, client: Client) -> None:
    sign_in_page = send(client, ADD, words())
    assert "aanmelden" in sign_in_page
    assert "wat je typte" in client.get(sign_in_page).content.decode()
    assert sign_in(client, lead, path=sign_in_page)["Location"] == ADD
    page = client.get(ADD).content.decode()
    assert f'value="{TYPED}"' in page
    assert "Er is nog niets opgeslagen" in page
    assert not SupportNeed.objects.exists()
    assert TYPED not in client.get(ADD).content.decode()
    assert client.post(ADD, words()).status_code == 302
    assert SupportNeed.objects.get().what == TYPED


def test_it_stands_in_no_other_form_and_with_no_token(school: School, lead: User, client: Client) -> None:
    send(client, PROFILE, {"contact_name": "De groene werkgroep", "csrfmiddlewaretoken": "geheim"})
    assert "geheim" not in cache.get(f"unsent:{client.session['unsent']}")[1]
    client.force_login(lead)
    assert "groene werkgroep" not in client.get(ADD).content.decode()
    assert "De groene werkgroep" in client.get(PROFILE).content.decode()


def test_who_may_not_open_the_form_does_not_see_it(school: School, client: Client) -> None:
    send(client, ADD, words())
    client.force_login(make_person())
    answer = client.get(ADD)
    assert answer.status_code == 404
    assert TYPED not in answer.content.decode()


def test_words_of_a_colleague_meanwhile_are_not_replaced_unseen(school: School, lead: User, client: Client) -> None:
    need = add_need(school=school, actor=None, values={"what": "Eerst", "domain": _domain()})
    client.force_login(lead)
    mark = _mark(client.get(CHANGE).content.decode())
    client.logout()
    send(client, CHANGE, words(seen=mark))
    change_need(need=need, actor=None, seen=mark, values={"what": "Van een collega", "domain": _domain()}, topics=[])
    client.force_login(lead)
    page = client.get(CHANGE).content.decode()
    assert TYPED in page
    assert client.post(CHANGE, words(seen=_mark(page))).status_code == 422
    need.refresh_from_db()
    assert need.what == "Van een collega"


def _mark(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return found[1]


def test_it_is_not_kept_for_long(school: School, lead: User, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    send(client, ADD, words())
    client.force_login(lead)
    later = time.time() + unsent.SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert TYPED not in client.get(ADD).content.decode()


@pytest.mark.parametrize("fault", ["long", "often", "button"])
def test_what_is_not_kept_is_said(fault: str, school: School, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    if fault == "often":
        monkeypatch.setattr(unsent, "PER_HOUR", 0)
    if fault == "button":
        page = client.post(STEP, {"note": TYPED}, headers={"referer": f"http://testserver{NEED}"})["Location"]
    else:
        page = send(client, ADD, words(explanation="x" * unsent.LONGEST if fault == "long" else ""))
    assert "niets bewaard" in client.get(page).content.decode()
    assert "unsent" not in client.session
