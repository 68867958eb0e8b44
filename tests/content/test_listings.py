"""Lists of pages on pages, and what a card in them says."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from portal.content.listings import child_cards, kind_place
from portal.content.models import DomainPage, KnowledgePage, SectionPage
from portal.content.templatetags.addresses import WORD_JOINER, breakable, unbroken
from portal.vocabulary.models import Concept
from tests import factories


def domain(section: SectionPage, code: str) -> DomainPage:
    concept = Concept.objects.get(scheme="wsa", code=code)
    return factories.DomainFactory(parent=section, title=code, slug=code, domain=concept)


def test_domains_stand_in_the_order_of_the_flower_and_the_rest_newest_first(section: SectionPage) -> None:
    for code in ("omgeving", "visie", "curriculum"):
        domain(section, code)
    for number in (1, 2):
        factories.KnowledgeFactory(parent=section, title=f"Artikel {number}", slug=f"artikel-{number}")
    cards, _pager = child_cards(section, 1)
    assert [card.title for card in cards] == ["visie", "curriculum", "omgeving", "Artikel 2", "Artikel 1"]


def test_a_domain_page_begins_with_links_to_its_groups(domain_page: DomainPage, client: Client) -> None:
    for factory, slug in ((factories.KnowledgeFactory, "artikel"), (factories.AnswerFactory, "antwoord")):
        factory(parent=domain_page.get_parent(), slug=slug)
    page = client.get(domain_page.url).content.decode()
    groups = re.findall(r'id="group-([a-z]+)"', page)
    assert sorted(groups) == ["kennis", "vraag"]
    assert re.findall(r'href="#group-([a-z]+)"', page) == groups


@pytest.mark.parametrize(
    ("sectors", "facts"),
    [
        ([], []),
        (["po", "vo", "mbo"], ["po", "vo", "mbo"]),
        (["po", "go", "vo", "mbo"], ["po", "go en meer"]),
    ],
)
def test_a_card_names_all_sectors_or_says_that_there_are_more(sectors: list[str], facts: list[str], db: None) -> None:
    assert KnowledgePage().card_facts({"sectors": [SimpleNamespace(label=label) for label in sectors]}) == facts


def test_kinds_that_help_most_come_first() -> None:
    assert sorted(["zeldzaam", "nieuws", "les", "anders", "voorbeeld"], key=kind_place) == [
        "voorbeeld",
        "les",
        "nieuws",
        "anders",
        "zeldzaam",
    ]


@pytest.mark.parametrize(
    ("address", "shown"),
    [("vraag@mail.example.org", "vraag@<wbr>mail<wbr>.example<wbr>.org"), ("<b>@x", "&lt;b&gt;@<wbr>x")],
)
def test_a_mail_address_breaks_between_its_words(address: str, shown: str) -> None:
    assert breakable(address) == shown


def test_opening_hours_stay_whole() -> None:
    assert unbroken("9.00-17.00 uur").replace(WORD_JOINER, "|") == "9.00|-|17.00 uur"
