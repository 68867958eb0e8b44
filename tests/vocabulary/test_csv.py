"""Concepts from a CSV file: every dialect a spreadsheet writes, and a message for each row that does not fit."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.vocabulary.enums import Scheme, Source
from portal.vocabulary.loading import load
from portal.vocabulary.models import Concept
from portal.vocabulary.rows import ConceptRow

pytestmark = pytest.mark.django_db
GOOD = 'code,label_nl,notation,alt_labels\nkeuzedeel-groen,"Groen, dichtbij",K9001,groen|natuur\nkeuzedeel-rood,Café,,,,\n,,,\n\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keuzedelen.csv"


def load_csv(file: Path, *, dry_run: bool = False) -> None:
    call_command("load_concepts_csv", "curriculum", str(file), dry_run=dry_run, verbosity=0)


@pytest.mark.parametrize(
    "contents",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.encode("cp1252"),
        GOOD.replace(",", ";").replace("Groen;", "Groen,").replace("\n", "\r\n").encode(),
        GOOD.replace(",", "\t").replace("Groen\t", "Groen,").encode(),
    ],
    ids=["comma", "bom", "windows-1252", "semicolon", "tab"],
)
def test_any_dialect_is_read(file: Path, contents: bytes) -> None:
    file.write_bytes(contents)
    load_csv(file)
    green, red = Concept.objects.order_by("code")
    assert (green.label_nl, green.notation, green.alt_labels) == ("Groen, dichtbij", "K9001", ["groen", "natuur"])
    assert (red.label_nl, red.verified, red.source) == ("Café", False, Source.CSV)


def test_a_second_file_adds_and_changes_and_a_vocabulary_file_does_not_retire_it(file: Path) -> None:
    row = ConceptRow(code="keuzedeel", label_nl="Keuzedelen")
    load(scheme=Scheme.CURRICULUM, rows=[row], source=Source.FILE)
    file.write_text("code;label_nl;broader\nkeuzedeel-een;Een;keuzedeel\nkeuzedeel-twee;Twee;keuzedeel\n", encoding="utf-8")
    load_csv(file)
    file.write_text("code;label_nl;broader\nkeuzedeel-twee;Nummer twee;keuzedeel\n", encoding="utf-8")
    load_csv(file)
    load(scheme=Scheme.CURRICULUM, rows=[row], source=Source.FILE)
    assert list(Concept.objects.values_list("code", "label_nl", "broader__code", "order", "retired")) == [
        ("keuzedeel", "Keuzedelen", None, 0, False),
        ("keuzedeel-een", "Een", "keuzedeel", 1, False),
        ("keuzedeel-twee", "Nummer twee", "keuzedeel", 2, False),
    ]


def test_a_dry_run_changes_nothing(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    load_csv(file, dry_run=True)
    assert not Concept.objects.exists()


def test_concepts_of_the_vocabulary_file_are_not_changed(file: Path) -> None:
    load(scheme=Scheme.CURRICULUM, rows=[ConceptRow(code="keuzedeel-rood", label_nl="Rood")], source=Source.FILE)
    file.write_text(GOOD, encoding="utf-8")
    with pytest.raises(CommandError, match="keuzedeel-rood: comes from the vocabulary file"):
        load_csv(file)
    assert list(Concept.objects.values_list("label_nl", flat=True)) == ["Rood"]


def test_every_wrong_row_is_told_at_once(file: Path) -> None:
    lines = [
        "code,label_nl,valid_from,verified",
        "goed,Goed,2026-08-01,ja",
        "Fout Code,A,,",
        ",B,,",
        "c,,,",
        "d,D,1 mei,",
        "e,E,,misschien",
        "f,F,,,te veel",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CommandError) as raised:
        load_csv(file)
    assert str(raised.value).splitlines() == [
        "Nothing was loaded.",
        "line 3: code 'Fout Code': use lower-case letters, digits and single hyphens",
        "line 4: code is empty",
        "line 5: label_nl is empty",
        "line 6: valid_from: '1 mei' is not a date like 2026-08-01",
        "line 7: verified: expected yes or no, not 'misschien'",
        "line 8: more cells than the heading has columns",
    ]
    assert not Concept.objects.exists()


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (b"", "no column code"),
        (b"naam\nx\n", "unknown column 'naam'"),
        (b"code,label_nl,code\na,A,b\n", "a column stands twice"),
        (b"code,label_nl\na,A\x00\n", "control character|line contains NUL"),
        (b'code,label_nl\na,"open\n', "not a CSV file"),
        (b"code,label_nl\na,=1+1\xe2\x80\xae\n", "control character"),
        ("code,label_nl\na,A\u200f\n".encode(), "control character"),
        (b"code,label_nl\n" + b"a,A\n" * 3, "'a' stands twice"),
        (b"code,label_nl\na," + b"x" * 200_000 + b"\n", "not a CSV file|longer than"),
        (b"code,label_nl\n" + b"".join(b"c%d,C\n" % number for number in range(20_002)), "more than 20000"),
    ],
    ids=["empty", "heading", "twice", "nul", "quote", "bidi", "mark", "codes", "cell", "rows"],
)
def test_hostile_files_are_refused(file: Path, contents: bytes, message: str) -> None:
    file.write_bytes(contents)
    with pytest.raises(CommandError, match=message):
        load_csv(file)
    assert not Concept.objects.exists()


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "weg.csv", tmp_path):
        with pytest.raises(CommandError, match="Nothing was loaded"):
            load_csv(path)
