"""The register on the editors' desk."""

import re

import pytest
from django.test import Client

from portal.accounts.groups import EDITORS, MODERATORS
from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept
from schools.models import Adviser, ScanStatement, School
from schools.register.viewsets import FACTS
from tests.content.conftest import in_group
from tests.factories import UserFactory
from tests.schools.making import a_school
from tests.schools.people import signed_in

LIST, BOARDS = "/admin/schools_register/", "/admin/boards_register/"


@pytest.fixture
def editor() -> Client:
    return signed_in(in_group(EDITORS, email="roos@example.org"))


@pytest.fixture
def moderator() -> Client:
    return signed_in(in_group(MODERATORS, email="mo@example.org"))


def test_editors_find_and_filter(editor: Client) -> None:
    a_school("99ZZ00", name="De Een")
    a_school("99ZZ01", name="De Twee", status="closed")
    assert "De Twee" in editor.get(LIST).content.decode()
    assert "De Twee" not in editor.get(f"{LIST}?status=open").content.decode()
    found = editor.get(f"{LIST}?q=twee").content.decode()
    assert "De Twee" in found
    assert "De Een" not in found
    assert editor.get(BOARDS).status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_no_formula(kind: str, editor: Client) -> None:
    a_school("99ZZ00", name="=1+1")
    response = editor.get(f"{LIST}?export={kind}")
    content = response.getvalue()  # type: ignore[attr-defined]
    assert response.status_code == 200
    assert (b"'=1+1" in content) if kind == "csv" else content.startswith(b"PK")


def test_a_moderator_fills_in_what_the_register_does_not_say(moderator: Client) -> None:
    school = a_school("99ZZ00", name="De Een")
    address = f"{LIST}edit/{school.pk}/"
    assert moderator.get(address).status_code == 200
    sent = {"own_holiday_region": "zuid", "partnership": "PO2707", "latitude": "", "longitude": "", "name": "Gekaapt"}
    assert moderator.post(address, sent).status_code == 302
    school = School.objects.get()
    assert (school.own_holiday_region, school.partnership, school.name) == ("zuid", "PO2707", "De Een")


def test_nobody_adds_or_deletes_a_school_and_editors_change_none(editor: Client, moderator: Client) -> None:
    school = a_school()
    administrator = signed_in(UserFactory(email="ad@example.org", is_superuser=True))
    assert administrator.get(LIST).status_code == 200
    for client in (editor, moderator, administrator):
        assert client.get(f"{LIST}new/").status_code != 200
        assert client.post(f"{LIST}delete/{school.pk}/").status_code != 200
        assert client.get(f"{BOARDS}edit/{school.board_id}/").status_code != 200
    assert School.objects.exists()
    assert editor.get(f"{LIST}edit/{school.pk}/").status_code != 200


def test_what_the_register_says_can_be_read_with_the_website(moderator: Client) -> None:
    school = a_school("99ZZ00", website="https://www.de-een.example")
    assert "https://www.de-een.example" in moderator.get(f"{LIST}edit/{school.pk}/").content.decode()


def test_advisers_and_statements_are_exported_without_formulas(editor: Client) -> None:
    Adviser.objects.create(name="=Ans", slug="ans", telephone="030 555")
    assert "'=Ans" in editor.get("/admin/advisers/?export=csv").getvalue().decode()  # type: ignore[attr-defined]
    domain = Concept.objects.create(scheme=Scheme.WSA, code="visie", label_nl="Visie")
    ScanStatement.objects.create(domain=domain, text="+Wij doen het")
    assert "Visie,'+Wij doen het" in editor.get("/admin/scan_statements/?export=csv").getvalue().decode()  # type: ignore[attr-defined]


def test_an_export_holds_the_words_of_the_screen(editor: Client) -> None:
    a_school("99ZZ00", status="closed", own_holiday_region="zuid")
    text = editor.get(f"{LIST}?export=csv").getvalue().decode()  # type: ignore[attr-defined]
    assert "Zuid,Gesloten" in text
    assert "closed" not in text


def test_what_the_register_does_not_say_is_empty(moderator: Client) -> None:
    text = moderator.get(f"{LIST}edit/{a_school().pk}/").content.decode()
    shown = [words.strip() for words in re.findall(r'aria-readonly="true">([^<]*)<', text)]
    assert len(shown) == len(FACTS)
    assert "None" not in shown


@pytest.mark.parametrize(
    ("latitude", "longitude", "field"),
    [("9999", "5.1", "latitude"), ("52.1", "2.9", "longitude"), ("", "5.1", "latitude"), ("52.1", "", "longitude")],
)
def test_a_school_lies_in_the_netherlands_or_nowhere(latitude: str, longitude: str, field: str, moderator: Client) -> None:
    school = a_school()
    sent = {"own_holiday_region": "", "partnership": "", "latitude": latitude, "longitude": longitude}
    answer = moderator.post(f"{LIST}edit/{school.pk}/", sent)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    school.refresh_from_db()
    assert (school.latitude, school.longitude) == (None, None)
    sent |= {"latitude": "52.1", "longitude": "5.1"}
    assert moderator.post(f"{LIST}edit/{school.pk}/", sent).status_code == 302
    school.refresh_from_db()
    assert (school.latitude, school.longitude) == (52.1, 5.1)
