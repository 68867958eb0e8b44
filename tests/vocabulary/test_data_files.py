"""The vocabulary files of the project: consistent with each other, complete, and with the codes that content relies on."""

import json
import re

import pytest

from portal.vocabulary.enums import Scheme
from portal.vocabulary.loading import DATA
from portal.vocabulary.models import CODE_PATTERN
from portal.vocabulary.rows import KEYS, ConceptRow, read_scheme

COUNTS = {Scheme.WSA: 6, Scheme.SDG47: 7, Scheme.SDG: 17, Scheme.PROVINCE: 12, Scheme.SECTOR: 11, Scheme.PLACE: 3}
EXPLAINED = ("wsa", "sdg47", "sdg", "sector", "greencomp", "material", "licence", "place", "topic")


@pytest.fixture(params=Scheme.values)
def scheme(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def rows(scheme: str) -> list[ConceptRow]:
    return read_scheme(DATA / f"{scheme}.json")


def test_there_is_one_file_for_each_scheme() -> None:
    assert {path.stem for path in DATA.iterdir()} == set(Scheme.values)


def test_the_schemes_with_a_fixed_number_are_complete(scheme: str, rows: list[ConceptRow]) -> None:
    assert len(rows) == COUNTS.get(Scheme(scheme), len(rows))


def test_codes_are_clean_and_unique(rows: list[ConceptRow]) -> None:
    codes = [row.code for row in rows]
    assert [code for code in codes if not re.match(CODE_PATTERN, code)] == []
    assert len(set(codes)) == len(codes)


def test_broader_concepts_exist_and_stand_before_their_narrower_ones(rows: list[ConceptRow]) -> None:
    places = {row.code: place for place, row in enumerate(rows)}
    assert [row.code for row in rows if row.broader and places.get(row.broader, len(rows)) > places[row.code]] == []


def test_texts_are_neat(rows: list[ConceptRow]) -> None:
    texts = [text for row in rows for text in (row.label_nl, row.label_en, row.explanation, *row.alt_labels) if text]
    assert [text for text in texts if text != " ".join(text.split())] == []
    assert [row.code for row in rows if row.explanation and not row.explanation.endswith((".", "?"))] == []


def test_no_key_is_unknown(scheme: str) -> None:
    items = json.loads((DATA / f"{scheme}.json").read_text(encoding="utf-8"))
    assert {key for item in items for key in item} <= set(KEYS)


@pytest.mark.parametrize("explained", EXPLAINED)
def test_what_visitors_choose_from_is_explained(explained: str) -> None:
    assert [row.code for row in read_scheme(DATA / f"{explained}.json") if not row.explanation] == []


def test_curriculum_sets_stand_side_by_side() -> None:
    rows = read_scheme(DATA / "curriculum.json")
    sets = {row.code for row in rows if not row.broader}
    assert {"po-2006", "vo-onderbouw-2006", "vso-2013", "funderend-2025", "examenprogramma-vo", "keuzedeel"} <= sets
    assert {row.valid_until for row in rows if row.broader == "po-2006"} == {
        next(r.valid_until for r in rows if r.code == "po-2006")
    }
    assert [row.code for row in rows if row.code.startswith(("examen-", "keuzedeel-", "kwalificatie")) and row.verified] == []
