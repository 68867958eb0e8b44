"""People who work at the desk."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from portal.accounts.groups import EDITORS, MODERATORS
from portal.accounts.models import User
from tests.factories import UserFactory


def in_group(name: str, **values: str) -> User:
    """A person in this group."""
    person = UserFactory(**values)
    person.groups.add(Group.objects.get(name=name))
    return person


def signed_in(person: User) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(person)
    return client


def open_editor(client: Client, page: Page) -> QueryDict:
    """The form of the page editor as the browser would send it, with a body of no blocks: a script makes those."""
    answer = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    form = querydict_from_html(answer.content.decode(), form_id="page-edit-form")
    form["body-count"] = "0"
    return form


def send_form(client: Client, page: Page, form: QueryDict, **changes: str) -> HttpResponse:
    """Send the form with some changes; `action__publish="1"` presses the button to publish."""
    sent: Any = form.copy()
    for name, value in changes.items():
        sent[name.replace("__", "-")] = value
    return client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), sent)


def edit(client: Client, page: Page, **changes: str) -> HttpResponse:
    """Open the page editor, change something and send the form."""
    return send_form(client, page, open_editor(client, page), **changes)


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who writes."""
    return in_group(EDITORS, email="roos@example.org", first_name="Roos")


@pytest.fixture
def moderator(db: None) -> User:
    """Somebody who publishes."""
    return in_group(MODERATORS, email="mo@example.org", first_name="Mo")
