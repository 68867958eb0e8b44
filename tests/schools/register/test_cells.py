"""Cells of the register."""

from collections.abc import Callable

import pytest

from schools.register import cells
from schools.register.cells import CellError


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("'S-HERTOGENBOSCH", "'s-Hertogenbosch"),
        ("ALPHEN AAN DEN RIJN", "Alphen aan den Rijn"),
        ("DEN HAAG", "Den Haag"),
        ("IJSSELSTEIN UT", "IJsselstein Ut"),
        ("CAPELLE AAN DEN IJSSEL", "Capelle aan den IJssel"),
        ("EDE", "Ede"),
        ("HENDRIK-IDO-AMBACHT", "Hendrik-Ido-Ambacht"),
        ("BERGEN (L)", "Bergen (L)"),
        ("'T HARDE", "'t Harde"),
        ("Nes Ameland", "Nes Ameland"),
    ],
)
def test_places_in_capitals_are_calmed(written: str, kept: str) -> None:
    assert cells.place(written, longest=80) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("OBS DE VLIEGER", "OBS De Vlieger"),
        ("ISW", "ISW"),
        ("De Eén", "De Eén"),
        ("CSG HET NOORDERLICHT", "CSG Het Noorderlicht"),
    ],
)
def test_names_in_capitals_keep_their_short_forms(written: str, kept: str) -> None:
    assert cells.name(written, longest=80) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("www.School.example", "https://www.school.example"),
        ("HTTP://school.example/Pad", "http://school.example/Pad"),
        ("school.example:8080", "https://school.example:8080"),
        ("//school.example/", "https://school.example"),
        ("", ""),
    ],
)
def test_addresses_get_a_scheme(written: str, kept: str) -> None:
    assert cells.website(written) == kept


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (cells.website, "javascript:alert(1)"),
        (cells.website, "n.v.t."),
        (cells.website, "ftp://school.example"),
        (cells.postcode, "0811 AB"),
        (cells.postcode, "6811 A"),
        (cells.telephone, "bel ons"),
        (lambda value: cells.digits(value, length=5), "123456"),
        (lambda value: cells.digits(value, length=5), "１２３"),
        (lambda value: cells.text(value, longest=20), "=1+1"),
        (lambda value: cells.text(value, longest=20), "@SUM(A1)"),
        (lambda value: cells.text(value, longest=20), "+cmd|' /C calc'!A0"),
        (lambda value: cells.text(value, longest=20), "x" * 21),
        (lambda value: cells.text(value, longest=20), "a\u202eb"),
        (lambda value: cells.coordinate(value, low=50.5, high=54.0), "12,5"),
        (lambda value: cells.coordinate(value, low=50.5, high=54.0), "NaN"),
    ],
)
def test_what_cannot_be_right_is_refused(reader: Callable[[str], object], value: str) -> None:
    with pytest.raises(CellError):
        reader(value)


def test_numbers_and_postcodes_get_their_form() -> None:
    assert cells.digits("80", length=4) == "0080"
    assert cells.postcode("6811ab") == "6811 AB"
    assert cells.telephone("+31 (0)26 000 00 00") == "+31 (0)26 000 00 00"
    assert cells.coordinate("52,1", low=50.5, high=54.0) == 52.1
    assert cells.text("@Zand  (noord)", longest=20) == "@Zand (noord)"
