"""Words meant by slips of the pen, and ties that a stemmer does not see."""

import pytest

from search.dutch.analysis import default_analyzer
from search.dutch.families import roots, sound
from search.dutch.spelling import Candidate, Speller

stem = default_analyzer().stem
WORDS = {"klimaat": 5, "klimaatje": 0, "water": 9, "waterval": 2, "kater": 1, "later": 3, "biodiversiteit": 1}


def candidates(word: str) -> list[Candidate]:
    return Speller(WORDS).candidates(word, WORDS.__getitem__)


@pytest.mark.parametrize(
    ("typed", "meant"), [("klimat", "klimaat"), ("watter", "water"), ("biodiversitijt", "biodiversiteit"), ("wtaer", "water")]
)
def test_the_nearest_word_comes_first(typed: str, meant: str) -> None:
    assert candidates(typed)[0].word == meant


def test_of_equally_near_words_the_most_used_comes_first() -> None:
    assert [candidate.word for candidate in candidates("xater")] == ["water", "later", "kater"]


def test_words_that_left_the_documents_are_not_offered() -> None:
    assert candidates("klimaatj") == [Candidate("klimaat", 1)]


@pytest.mark.parametrize("word", ["wat", "2030", "aquarium", ""])
def test_short_far_and_numeric_words_have_no_candidates(word: str) -> None:
    assert candidates(word) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("isoleren", "isolatie"), ("composteren", "compost"), ("verspild", "verspillen"), ("gerepareerd", "repareren")],
)
def test_words_of_a_family_share_a_root(one: str, other: str) -> None:
    assert {stem(root) for root in roots(one)} & {stem(root) for root in roots(other)}


@pytest.mark.parametrize(
    ("one", "other"), [("houd", "hout"), ("klimaad", "klimaat"), ("energy", "energie"), ("cacao", "kakao"), ("feilig", "veilig")]
)
def test_words_that_sound_alike_share_a_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_words_that_sound_different_do_not() -> None:
    assert sound("water") != sound("weter")
    assert sound("") == ""
