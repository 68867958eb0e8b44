"""Pages that are not for everybody: never shown to others, never kept, never named elsewhere."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.test import Client
from wagtail.models import PageViewRestriction

from portal.accounts.groups import EDITORS
from portal.content.models import HomePage, KnowledgePage, SectionPage
from tests import factories
from tests.accounts.people import make_person, sign_in
from tests.processes import WebProcess

SECRET = "Alleen voor ons"


@pytest.fixture
def secret(section: SectionPage) -> KnowledgePage:
    return factories.KnowledgeFactory(parent=section, title=SECRET, summary="Een geheime samenvatting.")


def restrict(page: Any, kind: str, **values: Any) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **values)


def signed_in(**values: Any) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(**values))
    return client


@pytest.fixture(params=["login", "groups", "password"])
def closed(request: pytest.FixtureRequest, secret: KnowledgePage) -> KnowledgePage:
    """A page closed in each of Wagtail's ways; its members are the group `Leden`, its password is `sesam`."""
    restriction = restrict(secret, request.param, password="sesam" if request.param == "password" else "")
    restriction.groups.add(Group.objects.get_or_create(name="Leden")[0])
    return secret


def test_others_do_not_see_it(closed: KnowledgePage, client: Client) -> None:
    for _ in range(2):
        answer = client.get(closed.url, follow=True)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert SECRET not in page
        assert closed.summary not in page
        assert closed.body[0].value.source not in page


def test_it_is_kept_nowhere(closed: KnowledgePage, client: Client) -> None:
    answer = client.get(closed.url)
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer
    assert len(caches["documents"]._cache) == 0


def test_it_is_named_nowhere(closed: KnowledgePage, client: Client) -> None:
    for path in ("/", "/kennis/", "/sitemap.xml", "/zoeken/?q=geheime"):
        assert SECRET not in client.get(path).content.decode(), path
    assert closed.slug not in client.get("/sitemap.xml").content.decode()


def test_all_below_a_closed_section_is_closed(section: SectionPage, secret: KnowledgePage, client: Client) -> None:
    restrict(section, "login")
    answer = client.get(secret.url)
    assert answer.status_code == 302
    assert SECRET not in client.get(secret.url, follow=True).content.decode()


def test_a_page_that_was_kept_closes_at_once_in_every_process(
    secret: KnowledgePage, client: Client, processes: tuple[WebProcess, WebProcess]
) -> None:
    for process in processes:
        with process.running():
            assert SECRET in client.get(secret.url).content.decode()
    with processes[0].running():
        restriction = restrict(secret, "login")
    for process in processes:
        with process.running():
            assert client.get(secret.url).status_code == 302
    with processes[1].running():
        restriction.delete()
    for process in processes:
        with process.running():
            assert SECRET in client.get(secret.url).content.decode()


def test_moving_into_a_closed_section_closes(secret: KnowledgePage, site: HomePage, client: Client) -> None:
    inside = factories.SectionFactory(parent=site, slug="besloten")
    restrict(inside, "login")
    client.get(secret.url)
    secret.move(inside, pos="last-child")
    secret.refresh_from_db()
    assert client.get(secret.url).status_code == 302


def test_who_signs_in_comes_back_to_the_page(secret: KnowledgePage, client: Client) -> None:
    restrict(secret, "login")
    user = make_person()
    door = client.get(secret.url, follow=True)
    answer = sign_in(client, user, path=door.redirect_chain[-1][0])
    assert (answer.status_code, answer["Location"]) == (302, secret.url)
    assert SECRET in client.get(secret.url).content.decode()


def test_members_see_it_and_other_people_are_told_calmly(secret: KnowledgePage) -> None:
    group = Group.objects.create(name="Leden")
    restrict(secret, "groups").groups.add(group)
    member, other, editor = signed_in(), signed_in(), signed_in(is_staff=True)
    group.user_set.add(member.session["_auth_user_id"])
    Group.objects.get(name=EDITORS).user_set.add(editor.session["_auth_user_id"])
    answer = member.get(secret.url)
    assert SECRET in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    for stranger in (other, editor):
        answer = stranger.get(secret.url, follow=True)
        assert answer.status_code == 403, "not in a circle between the page and the sign-in"
        assert SECRET not in answer.content.decode()


def test_the_password_opens_it_for_one_visitor(secret: KnowledgePage, client: Client) -> None:
    restriction = restrict(secret, "password", password="sesam")
    door = f"/_toegang/{restriction.pk}/{secret.pk}/"
    assert door in client.get(secret.url).content.decode()
    wrong = client.post(door, {"password": "raden", "return_url": secret.url})
    assert wrong.status_code == 200
    assert SECRET not in wrong.content.decode()
    right = client.post(door, {"password": "sesam", "return_url": secret.url})
    assert (right.status_code, right["Location"]) == (302, secret.url)
    assert SECRET in client.get(secret.url).content.decode()
    assert SECRET not in Client().get(secret.url).content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "x", "schools:list"])
def test_the_password_leads_to_paths_of_this_site_alone(secret: KnowledgePage, client: Client, elsewhere: str) -> None:
    restriction = restrict(secret, "password", password="sesam")
    door = f"/_toegang/{restriction.pk}/{secret.pk}/"
    answer = client.post(door, {"password": "sesam", "return_url": elsewhere})
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("address", ["/_toegang/1/1/", "/_toegang/99999999999999999999/1/", "/_toegang/x/1/"])
def test_a_door_that_is_not_there(site: HomePage, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_sign_in_leads_to_no_other_site(site: HomePage, client: Client) -> None:
    user = factories.UserFactory()
    answer = client.get("/_toegang/", {"next": "https://example.org/"})
    assert answer.status_code == 302
    done = client.post(
        answer["Location"], {"username": user.email, "password": factories.PASSWORD, "next": "https://example.org/"}
    )
    assert "example.org" not in done.get("Location", "")


def test_control_without_a_restriction_all_of_this_is_public(secret: KnowledgePage, client: Client) -> None:
    assert SECRET in client.get(secret.url).content.decode()
    assert SECRET in client.get("/kennis/").content.decode()
    assert secret.slug in client.get("/sitemap.xml").content.decode()
