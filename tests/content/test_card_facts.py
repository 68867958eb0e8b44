"""What a card says at a glance about each kind of page, most useful first."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from portal.content.models import (
    AnswerPage,
    BasePage,
    ExamplePage,
    HomePage,
    NewsPage,
    OrganisationPage,
    PracticalHelpPage,
    SectionPage,
)
from portal.content.models.practice import HelpKind
from portal.vocabulary.tags import concepts_of
from tests.factories import PAGE_FACTORIES
from tests.relevance.demo import VOCABULARY

ALL_PROVINCES = [one["code"] for one in json.loads((VOCABULARY / "province.json").read_text(encoding="utf-8"))]


def facts(section: SectionPage, model: type[BasePage], values: dict[str, Any]) -> list[str]:
    page = PAGE_FACTORIES[model](parent=section, **values)
    return page.card_facts(concepts_of([page])[page.pk])


@pytest.mark.parametrize(
    ("model", "values", "expected"),
    [
        (ExamplePage, {"school_name": "De Linde", "municipality": "Zutphen"}, ["De Linde, Zutphen"]),
        (ExamplePage, {"school_name": "De Linde", "sectors": ["po"]}, ["De Linde", "Primair onderwijs"]),
        (PracticalHelpPage, {"help_kind": HelpKind.SUBSIDY, "cost": "gratis"}, ["Subsidie", "gratis"]),
        (PracticalHelpPage, {"help_kind": HelpKind.SUPPORT, "sectors": ["vo"]}, ["Ondersteuning", "Voortgezet onderwijs"]),
        (OrganisationPage, {"provinces": []}, []),
        (OrganisationPage, {"provinces": ["groningen", "drenthe"]}, ["Groningen", "Drenthe"]),
        (OrganisationPage, {"provinces": ["groningen", "drenthe", "zeeland"]}, ["Groningen", "Drenthe en meer"]),
        (OrganisationPage, {"provinces": ALL_PROVINCES}, ["Heel Nederland"]),
        (AnswerPage, {"sectors": ["po", "vo"]}, ["Primair onderwijs", "Voortgezet onderwijs"]),
        (NewsPage, {"sectors": []}, []),
    ],
)
def test_facts_on_a_card(model: type[BasePage], values: dict[str, Any], expected: list[str], section: SectionPage) -> None:
    assert facts(section, model, values) == expected


def test_a_deadline_and_whom_to_call_stand_on_the_page(section: SectionPage, client: Client) -> None:
    page = PAGE_FACTORIES[PracticalHelpPage](
        parent=section, deadline=date(2026, 12, 8), deadline_note="zolang er geld is", contact="<p>Bel 030 123 45 67.</p>"
    )
    text = client.get(page.url).content.decode()
    assert '<time datetime="2026-12-08">' in text
    assert "zolang er geld is" in text
    assert "030 123 45 67" in text


def test_the_facts_stand_on_the_card_in_a_list(site: HomePage, section: SectionPage, client: Client) -> None:
    PAGE_FACTORIES[ExamplePage](parent=section, title="Een tuin", school_name="<b>De Linde</b>")
    text = client.get(section.url).content.decode()
    assert "&lt;b&gt;De Linde&lt;/b&gt;" in text
