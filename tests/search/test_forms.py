"""A question is read from the address: never an error, whatever stands there."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from portal.vocabulary.lookup import Vocabulary, vocabulary
from portal.vocabulary.models import Concept
from search.forms import MAX_CODES, facet_label, facet_order, parse
from search.query import MAX_CHARACTERS, MAX_PAGE
from search.registry import facets

pytestmark = pytest.mark.usefixtures("vocabulary")


def test_a_question_with_everything() -> None:
    asked = parse(QueryDict("q=afval+groep+6&sector=po&sector=vo&wsa=curriculum&minutes=30-60&kind=les&sort=new&page=2&exact=1"))
    query = asked.query
    assert (query.text, query.sort, query.page, query.correct) == ("afval groep 6", "new", 2, False)
    assert query.filters == {"sector": ("po", "vo"), "wsa": ("curriculum",), "minutes": ("30-60",), "kind": ("les",)}
    assert asked.unknown == ()


def test_nothing_asked() -> None:
    asked = parse(QueryDict(""))
    assert (asked.query.text, asked.query.filters, asked.query.sort, asked.query.page) == ("", {}, "relevance", 1)
    assert asked.parameters() == "?"


@pytest.mark.parametrize(
    ("address", "filters", "unknown"),
    [
        ("sector=weg", {}, ("Sector",)),
        ("sector=po&sector=weg", {"sector": ("po",)}, ("Sector",)),
        ("kind=weg&minutes=weg", {}, ("Soort", "Lengte")),
        ("weg=po&x[]=1&sector[]=po", {}, ()),
        ("sector=", {}, ()),
        ("sector=po&sector=po", {"sector": ("po",)}, ()),
        ("sector=PO", {}, ("Sector",)),
        ("sector=" + "x" * 5000, {}, ("Sector",)),
        ("sector=%F0%9F%8C%B1&wsa=%ED%A0%80", {}, None),
    ],
)
def test_filters_that_do_not_exist_are_left_out_and_named(
    address: str, filters: dict[str, tuple[str, ...]], unknown: tuple[str, ...] | None
) -> None:
    asked = parse(QueryDict(address))
    assert asked.query.filters == filters
    if unknown is not None:
        assert asked.unknown == unknown or len(asked.unknown) == len(unknown)


def test_a_retired_concept_is_still_a_filter() -> None:
    """Pages keep it, and old links with it go on working."""
    Concept.objects.filter(scheme="sector", code="po").update(retired=True)
    Concept.objects.get(scheme="sector", code="po").save()
    assert parse(QueryDict("sector=po")).query.filters == {"sector": ("po",)}


def test_limits() -> None:
    topics = [concept.code for concept in vocabulary().scheme("topic")]
    assert len(topics) > MAX_CODES, "control: there are more than may be asked for"
    asked = parse(QueryDict("&".join(f"topic={code}" for code in topics) + "&q=" + "woord+" * 5000 + f"&page={'9' * 5000}"))
    assert len(asked.query.filters["topic"]) == MAX_CODES
    assert len(asked.query.text) <= MAX_CHARACTERS
    assert asked.query.page == MAX_PAGE


def test_what_the_page_presets_cannot_be_asked_away() -> None:
    asked = parse(QueryDict("kind=vraag&sector=po"), preset={"kind": ("les",)})
    assert asked.query.filters == {"kind": ("les",), "sector": ("po",)}
    assert asked.parameters() == "?sector=po"


@pytest.mark.parametrize(
    "address", ["q=afval&sector=po&sector=vo&sort=new&exact=1&page=3", "q=%26%3D%22%3C&wsa=curriculum", "page=2"]
)
def test_an_address_that_is_read_and_written_is_the_same_question(address: str) -> None:
    asked = parse(QueryDict(address))
    again = parse(QueryDict(asked.parameters(page=asked.query.page).removeprefix("?")))
    assert again.query == asked.query


def test_addresses_beside_a_question() -> None:
    asked = parse(QueryDict("q=afval&sector=po&sector=vo&page=4"))
    assert asked.parameters(without=("sector", "po")) == "?q=afval&sector=vo"
    assert asked.parameters(page=5) == "?q=afval&sector=po&sector=vo&page=5"
    assert asked.parameters(sort="new") == "?q=afval&sector=po&sector=vo&sort=new"
    assert asked.parameters() == "?q=afval&sector=po&sector=vo"


def test_every_facet_names_and_orders_its_values(vocabulary: Vocabulary) -> None:
    for spec in facets().values():
        order = facet_order(spec)
        assert order, spec.name
        assert sorted(order.values()) == list(range(len(order)))
        for code in order:
            assert facet_label(spec, code), (spec.name, code)
        assert facet_label(spec, "bestaat-niet") is None
    assert list(facet_order(facets()["minutes"])) == ["tot-30", "30-60", "60-120", "langer"]
    assert list(facet_order(facets()["kind"]))[:2] == ["voorbeeld", "les"]
    assert list(facet_order(facets()["wsa"])) == [concept.code for concept in vocabulary.scheme("wsa")]


@pytest.mark.django_db
@given(
    st.dictionaries(st.sampled_from(["q", "sector", "page", "sort", "exact", "kind", "minutes"]), st.lists(st.text(), max_size=3))
)
def test_nothing_typed_breaks_it(values: dict[str, list[str]]) -> None:
    data = QueryDict(mutable=True)
    for name, texts in values.items():
        data.setlist(name, texts)
    asked = parse(data)
    asked.parameters().encode()
    assert 1 <= asked.query.page <= MAX_PAGE
