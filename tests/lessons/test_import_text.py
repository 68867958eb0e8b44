"""What a cell may hold: text with lists and links, steps, dates, numbers."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.imports import cells, richtext
from lessons.imports.cells import CellError, Unusable
from lessons.imports.richtext import Block, Run
from portal.spreadsheets import FORMULA_STARTS, with_mark, without_mark

WORDS = st.text(st.sampled_from("abcé 1.•#*_[]()\\-&<>\"'`~+!|:"), min_size=1, max_size=12)


def html(text: str) -> str:
    return richtext.to_html(richtext.from_text(text), lambda href: f'<a href="{href}">')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een alinea.", "<p>Een alinea.</p>"),
        ("Een regel\nnog een", "<p>Een regel<br/>nog een</p>"),
        ("Een.\n\nTwee.", "<p>Een.</p><p>Twee.</p>"),
        ("• een\n• twee", "<ul><li>een</li><li>twee</li></ul>"),
        ("- een\n- twee\nDaarna verder.", "<ul><li>een</li><li>twee</li></ul><p>Daarna verder.</p>"),
        ("1. een\n2. twee", "<ol><li>een</li><li>twee</li></ol>"),
        ("• een\n    • dieper\n• twee", "<ul><li>een<ul><li>dieper</li></ul></li><li>twee</li></ul>"),
        ("Nodig:\n• een", "<p>Nodig:</p><ul><li>een</li></ul>"),
        ("## Kop\nTekst", "<h2>Kop</h2><p>Tekst</p>"),
        ("Dit is **vet** en *schuin*.", "<p>Dit is <b>vet</b> en <i>schuin</i>.</p>"),
        ("[klik](https://x.nl/a?b=1&c=2)", '<p><a href="https://x.nl/a?b=1&amp;c=2">klik</a></p>'),
        ("2 * 3 is 6, a_b en <b>", "<p>2 * 3 is 6, a_b en &lt;b&gt;</p>"),
        ("![plaatje](x.png) `code`", '<p>!<a href="x.png">plaatje</a> `code`</p>'),
        ("    ingesprongen\n---\nlijn", "<p>ingesprongen<br/>---<br/>lijn</p>"),
        ("", ""),
    ],
)
def test_text_becomes_rich_text(text: str, expected: str) -> None:
    assert html(text).replace("&amp;amp;", "&amp;") == expected.replace(
        '"https://x.nl/a?b=1&amp;c=2"', '"https://x.nl/a?b=1&c=2"'
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<p data-block-key="a1">Een <b>vet</b> woord</p>', "Een **vet** woord"),
        ("<ul><li>een</li><li><p>twee</p></li></ul><p>na</p>", "• een\n• twee\n\nna"),
        ("<ul><li>een<ul><li>dieper</li></ul></li></ul>", "• een\n    • dieper"),
        ("<ol><li>een</li><li>twee</li></ol>", "1. een\n2. twee"),
        ("<h2>Kop</h2><h4>Klein</h4>", "## Kop\n\n### Klein"),
        ('<p><a linktype="page" id="12">hier</a></p>', "[hier](page:12)"),
        ("<p>a<br/>b</p>", "a\nb"),
        ("<p>1. geen lijst</p>", "1\\. geen lijst"),
        ("<p># geen kop</p>", "\\# geen kop"),
        ("<p>*geen* nadruk_</p>", "\\*geen\\* nadruk\\_"),
        ("<p><b> vet </b>erna</p>", "**vet** erna"),
        ("<p> </p><embed embedtype='image' id='1'/>", ""),
    ],
)
def test_rich_text_becomes_text(source: str, text: str) -> None:
    assert richtext.to_text(richtext.from_html(source)) == text


@given(st.lists(st.tuples(st.sampled_from(["p", "h2", "h3", "ul", "ol"]), st.lists(WORDS, min_size=1, max_size=4)), max_size=6))
def test_plain_words_survive_both_ways(parts: list[tuple[str, list[str]]]) -> None:
    source = "".join(
        {"ul": "<ul><li>{}</li></ul>", "ol": "<ol><li>{}</li></ol>"}.get(kind, f"<{kind}>{{}}</{kind}>").format(
            " ".join(words).replace("•", "-").replace("&", "&amp;").replace("<", "&lt;")
        )
        for kind, words in parts
    )
    blocks = richtext.from_html(source)
    assert richtext.from_text(richtext.to_text(blocks)) == blocks
    assert richtext.from_html(richtext.to_html(blocks, str)) == blocks


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert "<script" not in html(text)
    # What is shown of it is read back as it was shown.
    shown = richtext.to_text(richtext.from_html(html(text)))
    assert isinstance(richtext.from_text(shown), list)


def test_styles_survive_both_ways() -> None:
    blocks = [
        Block(
            "p",
            (Run("Lees "), Run("dit", bold=True), Run(" "), Run("eerst", italic=True), Run(" en "), Run("klik", href="page:4")),
        )
    ]
    assert richtext.from_text(richtext.to_text(blocks)) == blocks


@pytest.mark.parametrize(
    "value",
    [
        date(2026, 11, 5),
        datetime(2026, 11, 5, 0, 0),
        46331,
        "2026-11-05",
        "2026-11-05 00:00:00",
        "5-11-2026",
        "05/11/2026",
        "5.11.2026",
        "5 november 2026",
        "5 nov 2026",
        " 5 nov. 2026 ",
    ],
)
def test_dates_in_many_forms(value: cells.Cell) -> None:
    assert cells.day(value) == date(2026, 11, 5)


@pytest.mark.parametrize(
    "value", ["31-2-2026", "5-11-26", "november", "5 xyz 2026", 12, True, float("inf"), Unusable("x"), time(9)]
)
def test_what_is_no_date_is_an_error(value: cells.Cell) -> None:
    with pytest.raises(CellError):
        cells.day(value)


@pytest.mark.parametrize(
    ("value", "number"), [(50, 50), (50.0, 50), ("50", 50), ("50 minuten", 50), ("50 min.", 50), (None, None), (" ", None)]
)
def test_numbers(value: cells.Cell, number: int | None) -> None:
    assert cells.whole_number(value) == number


@pytest.mark.parametrize("value", ["vijftig", "-5", "1e9", 50.5, float("nan"), float("inf"), 10**400, "9" * 400])
def test_what_is_no_number_is_an_error(value: cells.Cell) -> None:
    with pytest.raises(CellError):
        cells.whole_number(value)


@pytest.mark.parametrize(
    "value",
    [
        "a\x00b",
        "a\u202eb",
        "a\u2067b",
        "a\x07b",
        "a\ud800b",
        "a\x85b",
        "x" * (cells.MAX_CELL + 1),
        date(2026, 1, 1),
        Unusable("x"),
    ],
)
def test_texts_that_are_refused(value: cells.Cell) -> None:
    with pytest.raises(CellError):
        cells.text(value)


def test_texts_are_composed_and_trimmed() -> None:
    assert cells.text("  cafe\u0301\r\nb\tc_x000D_\n ") == "café\nb c"
    assert cells.text(25.0) == "25"
    assert cells.text(2.5) == "2,5"
    assert cells.text(True) == "ja"


@pytest.mark.parametrize(
    "value", ["=1+1", "+31 6", "-5", "@piet", "＝1", "＋1", "－1", "＠x", "'=1", "''=1", "'s morgens", "gewoon", ""]
)
def test_marks_against_formulas_come_off_again(value: str) -> None:
    assert without_mark(with_mark(value)) == value
    assert with_mark(value)[:1] not in FORMULA_STARTS
