"""The official wording from SLO's file, and files that are not that."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.vocabulary.kerndoelen import read_kerndoelen
from portal.vocabulary.lookup import vocabulary
from portal.vocabulary.models import Concept

pytestmark = pytest.mark.usefixtures("concepts")
# Invented wording in the shape of SLO's file.
MILIEU = {
    "id": "7F6E0EDC-e38f-43bb-a7f8-82d0cab137ad",
    "prefix": "PO Kerndoel 39: Milieu",
    "title": "Een lange zin over het milieu.",
    "description": "Milieu",
}
INFORMATIE = {
    "uuid": "1",
    "prefix": "PO Kerndoel 1: Informatie",
    "title": "Informatie",
    "description": "Een lange zin over informatie.",
}
UNKNOWN = {"id": "2", "prefix": "VO Kerndoel 99: Onbekend", "title": "Een zin.", "description": ""}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kerndoelen.json"


def texts() -> dict[str, str]:
    return dict(Concept.objects.exclude(official_text="").values_list("code", "official_text"))


@pytest.mark.parametrize(
    "contents",
    [
        [MILIEU, INFORMATIE, UNKNOWN],
        {"kerndoel": [MILIEU, INFORMATIE, UNKNOWN], "deprecated": [{**MILIEU, "title": "Een veel langere zin van vroeger."}]},
        {"po": [MILIEU], "vo": [INFORMATIE, UNKNOWN], "version": 3},
        [MILIEU, {**MILIEU, "title": "De tweede keer geldt niet, hoe lang ook."}, INFORMATIE, UNKNOWN],
    ],
    ids=["list", "dataset", "lists", "double"],
)
def test_wording_is_matched_by_identifier_or_notation(file: Path, contents: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(json.dumps(contents), encoding="utf-8")
    call_command("load_kerndoelen", str(file))
    assert texts() == {"po-2006-39": MILIEU["title"], "po-2006-01": INFORMATIE["description"]}
    assert vocabulary().get("curriculum", "po-2006-39").official_text == MILIEU["title"]
    out = capsys.readouterr().out
    assert "2 concepts matched, 2 changed" in out
    assert "1 entries without a concept: VO Kerndoel 99" in out
    with CaptureQueriesContext(connection) as queries:
        call_command("load_kerndoelen", str(file))
    assert not [query for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]
    assert "2 concepts matched, 0 changed" in capsys.readouterr().out


def test_entries_without_wording_are_skipped(file: Path) -> None:
    file.write_text(json.dumps([{"id": "1", "prefix": None}, MILIEU]), encoding="utf-8")
    assert [kerndoel.text for kerndoel in read_kerndoelen(file)] == [MILIEU["title"]]


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (b"", "not JSON"),
        (b"\x80", "not JSON"),
        (b'{"a":' * 100_000, "not JSON"),
        (b"[]", "no list of kerndoelen"),
        (b'"kerndoel"', "no list of kerndoelen"),
        (b'{"kerndoel": {"id": 1}}', "no list of kerndoelen"),
        (b"[1]", "entry 1: not an object"),
        (b'[{"id": 1}]', "entry 1: id is not a text"),
        (b'[{"title": {"nl": "x"}}]', "title is not a text"),
        (b'[{"title": "a\\u0000b"}]', "title holds a control character"),
        (b'[{"title": "a\\udfffb"}]', "title holds a control character"),
        (b'[{"description": "' + b"x" * 20_001 + b'"}]', "longer than 20000"),
        (b"[" + b"{}," * 20_000 + b"{}]", "more than 20000 entries"),
    ],
)
def test_a_file_that_is_something_else_changes_nothing(file: Path, contents: bytes, message: str) -> None:
    file.write_bytes(contents)
    with pytest.raises(CommandError, match=message):
        call_command("load_kerndoelen", str(file))
    assert texts() == {}


def test_one_bad_entry_stops_the_whole_file(file: Path) -> None:
    file.write_text(json.dumps([MILIEU, {"id": "x", "title": 5}]), encoding="utf-8")
    with pytest.raises(CommandError, match="entry 2"):
        call_command("load_kerndoelen", str(file))
    assert texts() == {}


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_kerndoelen", str(tmp_path / "weg.json"))
