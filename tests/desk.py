"""The page editor as a browser drives it."""

from typing import Any

from django.db.models import Model
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html, streamfield


def add_address(model: type[Model], parent: Page, name: str = "add") -> str:
    """Where pages of this type are made below a page."""
    return reverse(f"wagtailadmin_pages:{name}", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def form_of(client: Client, address: str, model: type[Model], **streams: list[tuple[str, Any]]) -> QueryDict:
    """The form that stands at an address as the browser would send it. Scripts make the forms of streams: what `streams` names
    has these blocks, the others are empty."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    form = querydict_from_html(answer.content.decode(), form_id="page-edit-form")
    for field in model._meta.get_fields():
        if isinstance(field, StreamField):
            blocks = streamfield(streams.get(field.name, []))
            form.update({f"{field.name}-{key}": value for key, value in _flat(blocks)})
    return form


def send(client: Client, address: str, form: QueryDict, **changes: Any) -> HttpResponse:
    """Send a form with some values changed; `action__publish="1"` presses the button to publish."""
    sent = form.copy()
    for name, value in changes.items():
        name = name.replace("__", "-")
        if isinstance(value, list):
            sent.setlist(name, value)
        else:
            sent[name] = value
    return client.post(address, sent)


def _flat(values: Any, prefix: str = "") -> Any:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}-")
        else:
            yield f"{prefix}{key}", value
