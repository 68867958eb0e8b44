"""Every page type: what visitors get, what editors see before it is live, and every screen that the desk has for it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, get_page_models

from portal.content.models import BasePage, DomainPage, HomePage
from tests.desk import add_address, form_of, send
from tests.factories import make_page

PAGE_TYPES = sorted((model for model in get_page_models() if issubclass(model, BasePage)), key=lambda model: model.__name__)


@pytest.fixture(params=PAGE_TYPES, ids=lambda model: model.__name__)
def one(request: pytest.FixtureRequest, site: HomePage) -> Any:
    """A live page of each type in turn."""
    return make_page(request.param, site)


def test_visitors_and_editors_see_the_same_page(one: Any, client: Client, admin_client: Client) -> None:
    live = client.get(one.url)
    assert live.status_code == 200
    text = live.content.decode()
    assert f"<h1>{one.title}</h1>" in text
    assert "None" not in text
    one.title = "Nieuwe kop"
    one.save_revision()
    draft = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[one.pk]))
    assert draft.status_code == 200
    assert "<h1>Nieuwe kop</h1>" in draft.content.decode()
    assert client.get(one.url).content == live.content


def test_an_editor_previews_what_is_typed(one: Any, admin_client: Client) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[one.pk])
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[one.pk])
    form = form_of(admin_client, edit, type(one))
    form["title"] = "Net getypt"
    assert admin_client.post(preview, form).json() == {"is_valid": True, "is_available": True}
    shown = admin_client.get(preview)
    assert shown.status_code == 200
    assert "<h1>Net getypt</h1>" in shown.content.decode()


def test_a_new_page_is_previewed_before_it_is_saved(one: Any, admin_client: Client) -> None:
    model = type(one)
    parent = one.get_parent()
    form = form_of(admin_client, add_address(model, parent), model)
    form["title"] = "Nog nergens"
    form["slug"] = "nog-nergens"
    for name in ("date", "school_name"):
        if name in form:
            form[name] = "2026-11-16"
    preview = add_address(model, parent, "preview_on_add")
    assert admin_client.post(preview, form).json()["is_available"]
    shown = admin_client.get(preview)
    assert shown.status_code == 200
    assert "<h1>Nog nergens</h1>" in shown.content.decode()


SCREENS = (
    "edit",
    "delete",
    "unpublish",
    "move",
    "copy",
    "history",
    "usage",
    "workflow_history",
    "set_privacy",
    "view_draft",
    "confirm_workflow_cancellation",
)


def test_every_screen_opens(one: Any, site: HomePage, admin_client: Client) -> None:
    one.title = "Twee"
    first, second = one.save_revision(), one.save_revision()
    addresses = [reverse(f"wagtailadmin_pages:{name}", args=[one.pk]) for name in SCREENS]
    addresses += [
        reverse("wagtailadmin_explore", args=[one.pk]),
        reverse("wagtailadmin_pages:type_use", args=[one._meta.app_label, one._meta.model_name]),
        reverse("wagtailadmin_pages:revisions_view", args=[one.pk, first.pk]),
        reverse("wagtailadmin_pages:revisions_revert", args=[one.pk, first.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[one.pk, first.pk, second.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[one.pk, "live", "latest"]),
        reverse("wagtailadmin_pages:move_confirm", args=[one.pk, site.pk]),
        add_address(type(one), one.get_parent()),
    ]
    answers = {address: admin_client.get(address).status_code for address in addresses}
    assert {address: status for address, status in answers.items() if status not in {200, 302}} == {}


def test_drafts_copies_aliases_and_leaving(one: Any, admin_client: Client) -> None:
    if type(one) is HomePage:
        pytest.skip("the home page stays where it is")
    edit = reverse("wagtailadmin_pages:edit", args=[one.pk])
    form = form_of(admin_client, edit, type(one))
    assert send(admin_client, edit, form, title="Een concept").status_code == 302
    one.refresh_from_db()
    assert (one.draft_title, one.live) == ("Een concept", True)
    copy = reverse("wagtailadmin_pages:copy", args=[one.pk])
    values = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": one.get_parent().pk}
    # Two live pages about one domain would hide each other.
    goes_live = type(one) is not DomainPage
    assert admin_client.post(copy, {**values, **({"publish_copies": "on"} if goes_live else {})}).status_code == 302
    assert Page.objects.get(slug="kopie").live is goes_live
    assert admin_client.post(copy, {**values, "new_slug": "dubbel", "alias": "on"}).status_code == 302
    assert Page.objects.get(slug="dubbel").alias_of_id == one.pk
    delete = reverse("wagtailadmin_pages:delete", args=[Page.objects.get(slug="kopie").pk])
    assert admin_client.post(delete).status_code == 302
    assert not Page.objects.filter(slug="kopie").exists()
    assert admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[one.pk])).status_code == 302
    one.refresh_from_db()
    assert not one.live
