"""The finder as a page shows it: chips, filters with counts, pager, pieces of text that are safe to show."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from lessons.models import LessonIndexPage, LessonPage
from portal.content.models import HomePage, KnowledgePage
from portal.vocabulary.models import Concept
from search import finder
from search.forms import parse
from search.indexing import drain
from search.presentation import Finder, present
from search.results import Hit, SearchResults
from tests import factories

SORTS = {"relevance": "Beste", "new": "Nieuwste"}
EVIL = "<script>alert(1)</script>"


def shown(address: str, results: SearchResults, **options: Any) -> Finder:
    return present(parse(QueryDict(address)), results, action="/zoeken/", sorts=SORTS, **options)


def test_chips_name_what_is_chosen_and_take_it_away(site: HomePage) -> None:
    page = shown("q=afval&sector=po&minutes=tot-30&page=3", SearchResults(total=0))
    assert [(chip.label, chip.url) for chip in page.chips] == [
        ("Primair onderwijs", "?q=afval&minutes=tot-30"),
        (str(page.chips[1].label), "?q=afval&sector=po"),
    ]
    assert page.clear_url == "/zoeken/"
    assert page.unfiltered_url == "?q=afval"


@pytest.mark.parametrize(
    ("address", "total", "expected"),
    [
        ("q=x", 0, (1, 1, "", "")),
        ("q=x", 20, (1, 1, "", "")),
        ("q=x", 21, (1, 2, "", "?q=x&page=2")),
        ("q=x&page=2", 45, (2, 3, "?q=x", "?q=x&page=3")),
        ("q=x&page=3", 45, (3, 3, "?q=x&page=2", "")),
    ],
)
def test_the_pager(site: HomePage, address: str, total: int, expected: tuple[int, int, str, str]) -> None:
    pages = shown(address, SearchResults(total=total)).pages
    assert (pages.number, pages.last, pages.previous_url, pages.next_url) == expected


def test_filters_show_values_in_use_in_the_order_of_the_vocabulary(site: HomePage) -> None:
    found = {"sector": {"vo": 3, "po": 5, "weg-uit-de-lijst": 9}, "wsa": {"visie": 1}}
    page = shown("sector=mbo", SearchResults(total=8, facets=found))
    filters = {one.name: one for one in page.filters}
    options = [(option.code, option.count, option.selected) for option in filters["sector"].shown]
    assert options == [("po", 5, False), ("vo", 3, False), ("mbo", 0, True)]
    assert [option.label for option in filters["wsa"].shown] == ["Visie"]
    assert filters["subject"].shown == ()
    assert filters["sector"].open
    assert not filters["topic"].open


def test_a_value_stands_below_the_wider_one_that_is_right_above_it(site: HomePage) -> None:
    found = {"po": 5, "sbo": 1, "go": 3, "so": 2, "vso": 1, "vo": 4}
    page = shown("", SearchResults(total=8, facets={"sector": found, "minutes": {"tot-30": 1}}))
    depths = {one.name: [(option.code, option.depth) for option in one.shown] for one in page.filters}
    assert depths["sector"] == [("po", 0), ("sbo", 1), ("go", 0), ("so", 1), ("vso", 1), ("vo", 0)]
    assert depths["minutes"] == [("tot-30", 0)]
    alone = shown("", SearchResults(total=8, facets={"sector": {"vo": 4, "so": 2}}))
    assert [option.depth for one in alone.filters if one.name == "sector" for option in one.shown] == [0, 0]


def test_the_values_that_find_most_show_first_and_what_is_chosen_always_shows(site: HomePage) -> None:
    goals = {f"sdg-{number}": number for number in range(1, 18)}
    page = shown("sdg=sdg-1", SearchResults(total=17, facets={"sdg": goals}))
    sdg = next(one for one in page.filters if one.name == "sdg")
    assert [option.code for option in sdg.shown] == ["sdg-1", "sdg-13", "sdg-14", "sdg-15", "sdg-16", "sdg-17"]
    assert len(sdg.shown) + len(sdg.more) == 17
    assert sdg.open, "a folded filter opens when something in it is chosen"


def test_a_facet_that_the_page_presets_is_no_filter(site: HomePage) -> None:
    asked = parse(QueryDict(""), preset={"kind": ("les",)})
    page = present(asked, SearchResults(total=0, facets={"kind": {"les": 3}}), action="/lessen/", sorts=SORTS)
    assert "kind" not in [one.name for one in page.filters]
    assert page.chips == ()


def test_did_you_mean_keeps_the_filters(site: HomePage) -> None:
    page = shown("q=afvla&sector=po", SearchResults(total=0, did_you_mean="afval"))
    assert (page.did_you_mean, page.did_you_mean_url) == ("afval", "?q=afval&sector=po")


def test_a_stale_index_never_shows_what_is_not_public(article: KnowledgePage) -> None:
    gone = factories.KnowledgeFactory(parent=article.get_parent())
    hits = tuple(Hit(str(key), 1.0) for key in (gone.pk, article.pk, 99_999_999))
    assert len(shown("q=x", SearchResults(total=3, hits=hits)).hits) == 2, "control"
    gone.unpublish()
    assert [hit.card.key for hit in shown("q=x", SearchResults(total=3, hits=hits)).hits] == [article.pk]


@pytest.mark.parametrize("field", ["title", "summary", "body"])
def test_text_of_editors_is_escaped(field: str, article: KnowledgePage, client: Client) -> None:
    value: Any = [("quote", {"text": f"zwerfafval {EVIL}", "source": ""})] if field == "body" else f"zwerfafval {EVIL}"
    page = factories.KnowledgeFactory(parent=article.get_parent(), **{field: value})
    drain("embedded")
    for path in ("/zoeken/?q=zwerfafval", "/zoeken/?q=script", "/zoeken/", page.url, "/kennis/"):
        answer = client.get(path).content.decode()
        assert EVIL not in answer, path
    assert "<mark>zwerfafval</mark>" in client.get("/zoeken/?q=zwerfafval").content.decode()
    assert "&lt;script&gt;" in client.get(page.url).content.decode()


@pytest.mark.parametrize(
    "query",
    ["q=%3Cscript%3Ealert(1)%3C/script%3E", "q=%22%3E%3Csvg/onload=1%3E", "sector=%22%3E%3Cb%3E", "sort=%3Cb%3E", "page=%3Cb%3E"],
)
def test_text_of_visitors_is_escaped(query: str, site: HomePage, client: Client) -> None:
    answer = client.get(f"/zoeken/?{query}").content.decode()
    assert EVIL not in answer
    assert "<svg/onload" not in answer
    assert '"><b>' not in answer


def test_names_of_concepts_are_escaped(lesson: LessonPage, client: Client) -> None:
    concept = Concept.objects.get(scheme="grade", code="po-groep-6")
    concept.label_nl = EVIL
    concept.save()
    drain("embedded")
    for path in ("/zoeken/?grade=po-groep-6", "/zoeken/", lesson.url, "/lessen/"):
        answer = client.get(path).content.decode()
        assert EVIL not in answer
        assert "&lt;script&gt;" in answer


def test_the_words_of_the_question_are_marked_where_they_stand(lesson_index: LessonIndexPage, client: Client) -> None:
    factories.LessonFactory(parent=lesson_index, title="Bijen tellen", summary="Een les over bloemen.")
    drain("embedded")
    assert finder.find(parse(QueryDict("q=bijen")).query).total == 1
    assert "<mark>Bijen</mark> tellen</a>" in client.get("/zoeken/?q=bijen").content.decode()
