"""Words of a text and their folded forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.tokens import fold, folded_words, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De CO₂-uitstoot", ["de", "co2", "uitstoot"]),
        ("c02 of C02", ["co2", "of", "co2"]),
        ("ĳsvogel en ĲSBEER", ["ijsvogel", "en", "ijsbeer"]),
        ("groep 5/6 en 3-4", ["groep", "5", "6", "en", "3", "4"]),
        ("PO/VO", ["po", "vo"]),
        ("vmbo-t havo/vwo", ["vmbo", "t", "havo", "vwo"]),
        ("SDG 4.7 is goed.", ["sdg", "4.7", "is", "goed"]),
        ("foto's en foto’s", ["foto's", "en", "foto's"]),
        ("café, coördinatie, cafe\u0301", ["cafe", "coordinatie", "cafe"]),
        ("duur\u00adzaam", ["duurzaam"]),
        ("één 'zin' (tussen haken)", ["een", "zin", "tussen", "haken"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("😀 \u200d -- ...", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


def test_offsets_point_into_the_text_as_given() -> None:
    text = "Café “De CO₂-meter” – cafe\u0301!"
    assert [text[token.start : token.end] for token in tokens(text)] == ["Café", "De", "CO₂", "meter", "cafe\u0301"]
    assert [token.hyphened for token in tokens(text)] == [False, False, False, True, False]


@given(st.text())
def test_any_text_gives_words_that_fold_to_themselves(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        assert fold(fold(token.text)) == fold(token.text)
