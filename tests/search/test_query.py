"""A question stays within bounds, whatever is passed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import MAX_CHARACTERS, MAX_PAGE, MAX_SIZE, MAX_WORDS, SORTS, SearchQuery, clean_text, page_number


@given(st.text(alphabet=st.characters(codec=None)))
def test_a_cleaned_text_can_be_encoded_and_is_short(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode()
    assert len(cleaned) <= MAX_CHARACTERS
    assert len(cleaned.split()) <= MAX_WORDS
    assert clean_text(cleaned) == cleaned


def test_cleaning() -> None:
    assert clean_text("  water\x00 en\n\tbodem\ud800 ") == "water en bodem"
    assert clean_text("woord " * 5000) == " ".join(["woord"] * MAX_WORDS)


@pytest.mark.parametrize(
    ("typed", "page"),
    [("3", 3), ("", 1), ("0", 1), ("-2", 1), ("abc", 1), ("²", 1), ("99999999999999999999", MAX_PAGE), ("1.5", 1), (" 2 ", 2)],
)
def test_page_numbers(typed: str, page: int) -> None:
    assert page_number(typed) == page


def test_a_query_clamps_what_it_is_given() -> None:
    query = SearchQuery("x" * 500, filters={"sector": ("po", "po"), "leeg": ()}, sort="?", page=-5, size=10**9)
    assert len(query.text) == MAX_CHARACTERS
    assert query.filters == {"sector": ("po",)}
    assert (query.sort, query.page, query.size) == (SORTS[0], 1, MAX_SIZE)
