"""The telling part of a text, with the found words marked."""

from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from search.snippets import marked, snippet

LONG = (
    "Eerst iets anders. " * 30
    + "In de schooltuin zaaien <kinderen> bonen & linzen; de tuinen bloeien. "
    + "Daarna weer iets. " * 30
)


def test_the_window_shows_the_words_in_their_place_escaped_and_marked() -> None:
    shown = snippet(LONG, {"tuin", "zaai"})
    assert isinstance(shown, SafeString)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "<mark>schooltuin</mark> <mark>zaaien</mark> &lt;kinderen&gt; bonen &amp; linzen; de <mark>tuinen</mark>" in shown


def test_inflections_and_accents_are_marked_as_written() -> None:
    assert marked("Ideeën over CO₂-meters", {"idee", "co2"}) == "<mark>Ideeën</mark> over <mark>CO₂</mark>-meters"


def test_without_a_match_the_beginning_is_shown() -> None:
    assert snippet("Een korte tekst.", {"walvis"}) == "Een korte tekst."
    shown = snippet(LONG, frozenset())
    assert shown.startswith("Eerst iets anders.")
    assert len(shown) <= 181


def test_the_window_with_most_different_words_wins() -> None:
    text = "Water water water. " + "Iets anders hier. " * 20 + "Water en bodem samen."
    assert "<mark>Water</mark> en <mark>bodem</mark>" in snippet(text, {"water", "bodem"})


def test_a_word_longer_than_the_window_is_shown_whole() -> None:
    assert snippet("a" * 500, {"b"}, width=50) == "a" * 50 + "…"


@given(st.text(max_size=400), st.sets(st.sampled_from(["water", "a", "b", "1"])), st.integers(1, 200))
def test_no_text_breaks_the_markup(text: str, terms: set[str], width: int) -> None:
    shown = snippet(text, terms, width=width)
    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert shown.count("<mark>") == shown.count("</mark>")
