"""What a monitor hears."""

import pytest
from django.test import Client
from django.utils import timezone

from portal import health
from portal.content.models import HomePage
from search.indexing import rebuild
from search.models import IndexRow
from search.tasks import drain


def test_a_site_that_works_says_so_without_a_cookie(client: Client, site: HomePage) -> None:
    rebuild("embedded")
    response = client.get("/gezond/")
    assert response.json() == {"status": "ok", "checks": dict.fromkeys(response.json()["checks"], "ok")}
    assert {"database", "search", "indexing"} <= set(response.json()["checks"])
    assert not response.cookies


def test_without_an_index_it_is_degraded_and_still_answers_200(client: Client, site: HomePage) -> None:
    response = client.get("/gezond/")
    assert response.status_code == 200
    assert response.json()["status"] == "degraded"


def test_documents_that_an_engine_refused_are_a_problem(client: Client, site: HomePage) -> None:
    rebuild("embedded")
    drain("embedded")
    IndexRow.objects.create(key="1", sink="elsewhere", revision=1, attempts=3, not_before=timezone.now())
    assert client.get("/gezond/").json()["checks"]["indexing"] != "ok"


def test_a_check_that_fails_is_a_problem_not_an_error(client: Client, site: HomePage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise RuntimeError("kapot")

    monkeypatch.setitem(health._checks, "search", broken)
    response = client.get("/gezond/")
    assert response.status_code == 200
    assert response.json()["checks"]["search"] == "failed"


def test_only_reading(client: Client, site: HomePage) -> None:
    assert client.post("/gezond/").status_code == 405
