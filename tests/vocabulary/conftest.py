"""A small vocabulary and a few pages that carry it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page

from lessons.models import LessonPage
from portal.content.models import KnowledgePage
from portal.vocabulary.enums import Scheme, Source
from portal.vocabulary.loading import load
from portal.vocabulary.models import Concept
from portal.vocabulary.rows import ConceptRow

ROWS = {
    Scheme.SECTOR: [
        ConceptRow(code="po", label_nl="Primair onderwijs"),
        ConceptRow(code="vo", label_nl="Voortgezet onderwijs"),
        ConceptRow(code="vmbo", label_nl="Vmbo", broader="vo"),
        ConceptRow(code="vmbo-bb", label_nl="Vmbo bb", broader="vmbo"),
        ConceptRow(code="havo", label_nl="Havo", broader="vo"),
    ],
    Scheme.WSA: [ConceptRow(code="visie", label_nl="Visie"), ConceptRow(code="curriculum", label_nl="Curriculum")],
    Scheme.TOPIC: [
        ConceptRow(code="afval", label_nl="Afval", alt_labels=("vuilnis",)),
        ConceptRow(code="energie", label_nl="Energie"),
        ConceptRow(code="water", label_nl="Water"),
    ],
    Scheme.LICENCE: [ConceptRow(code="cc-by-40", label_nl="CC BY 4.0")],
    Scheme.CURRICULUM: [
        ConceptRow(code="po-2006", label_nl="Kerndoelen po"),
        ConceptRow(
            code="po-2006-39",
            label_nl="Milieu",
            notation="PO Kerndoel 39",
            broader="po-2006",
            uris=("https://opendata.slo.nl/curriculum/uuid/7f6e0edc-e38f-43bb-a7f8-82d0cab137ad",),
        ),
        ConceptRow(code="po-2006-01", label_nl="Informatie", notation="PO Kerndoel 01", broader="po-2006"),
    ],
}


@pytest.fixture
def concepts(db: None) -> dict[str, Concept]:
    """The concepts of `ROWS` by code (the domain and the set called curriculum are kept apart by their code)."""
    for scheme, rows in ROWS.items():
        load(scheme=scheme, rows=rows, source=Source.FILE)
    return {concept.code: concept for concept in Concept.objects.all()}


@pytest.fixture
def make_page(db: None) -> Callable[..., Any]:
    """Makes a page of a type below the root, with concepts in its fields: `make_page(KnowledgePage, topics=[…])`."""
    root = Page.objects.get(depth=1)

    def make(model: type[Page], title: str = "Pagina", *, live: bool = True, **tags: Any) -> Any:
        page = model(title=title, live=live)
        for name, value in tags.items():
            setattr(page, name, value)
        return root.add_child(instance=page)

    return make


@pytest.fixture
def lesson(make_page: Callable[..., Any], concepts: dict[str, Concept]) -> LessonPage:
    """A draft with two topics, a sector and a licence."""
    return make_page(
        LessonPage,
        "Afval wegen",
        live=False,
        topics=[concepts["energie"], concepts["afval"]],
        sectors=[concepts["po"]],
        licence=concepts["cc-by-40"],
    )


@pytest.fixture
def knowledge(make_page: Callable[..., Any], concepts: dict[str, Concept]) -> KnowledgePage:
    """A draft with one topic."""
    return make_page(KnowledgePage, "Over water", live=False, topics=[concepts["water"]])


@pytest.fixture
def admin(db: None) -> Client:
    """The browser of a superuser."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser(email="beheer@example.org", password="een lang wachtwoord"))
    return client
