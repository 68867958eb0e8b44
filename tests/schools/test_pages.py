"""The public pages of schools and boards."""

import pytest
from django.test import Client

from tests.schools.making import a_school

pytestmark = pytest.mark.django_db


def test_a_school_and_its_board_have_a_page(client: Client) -> None:
    school = a_school("99ZZ01", name="De Één")
    assert school.get_absolute_url() == "/scholen/99zz01/"
    assert "De Één" in client.get("/scholen/99zz01/").content.decode()
    assert "De Één" in client.get(school.board.get_absolute_url()).content.decode()
    assert "De Één" in client.get("/scholen/").content.decode()


def test_the_address_of_a_school_is_in_lower_case(client: Client) -> None:
    a_school("99ZZ01")
    assert client.get("/scholen/99ZZ01/")["Location"] == "/scholen/99zz01/"


@pytest.mark.parametrize("path", ["/scholen/99zz09/", "/scholen/zz9900/", "/besturen/90009/", "/besturen/x/"])
def test_what_is_not_in_the_register_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
