"""Importing files of the register."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import override

from schools.enums import Status
from schools.models import Board, School
from schools.register import importing
from schools.register.columns import Kind
from schools.register.importing import import_register
from schools.register.planning import Outcome, Plan, plan
from schools.register.reading import RegisterFileError
from tests.schools.register import files

# Two schools of one board with all columns of the register's own files, those that nobody reads too.
SAMPLES = Path(__file__).parent / "samples"
COUNTED = (Outcome.NEW, Outcome.CHANGED, Outcome.CLOSED, Outcome.UNCHANGED, Outcome.ERROR)


def counts(made: Plan) -> tuple[int, ...]:
    return tuple(made.count(outcome) for outcome in COUNTED)


def sectors(code: str) -> set[str]:
    return {concept.code for concept in School.objects.get(code=code).sectors.all()}


@pytest.mark.parametrize(
    ("write", "row"),
    [
        (files.new_dialect, files.secondary_row()),
        (files.semicolon_dialect, files.secondary_row()),
        (files.old_dialect, files.old_secondary_row()),
    ],
    ids=["comma", "semicolon", "windows-1252"],
)
def test_a_school_reads_the_same_in_every_dialect(write: Callable[..., Path], row: files.Row, tmp_path: Path) -> None:
    boards = files.new_dialect(tmp_path / "besturen.csv", files.board_row())
    made = import_register([boards, write(tmp_path / "scholen.csv", row)])
    assert counts(made) == (2, 0, 0, 0, 0)
    school = School.objects.select_related("board", "province").get()
    assert (school.code, school.name, school.board.name) == ("99ZY00", "De Één", "Stichting Het Zand")
    assert (school.postcode, school.place, school.municipality) == ("6811 AB", "'s-Heerendorp", "Arnhem")
    assert (school.website, school.province.code) == ("https://www.school.example", "gelderland")  # type: ignore[union-attr]
    assert sectors("99ZY00") == {"vo", "havo", "vwo"}
    assert school.board.kvk_number == "01234567"
    again = import_register([boards, write(tmp_path / "scholen.csv", row)])
    assert counts(again) == (0, 0, 0, 2, 0)


def test_a_try_writes_nothing(tmp_path: Path) -> None:
    path = files.new_dialect(tmp_path / "vestigingenbo.csv", files.school_row())
    assert counts(import_register([path], dry_run=True)) == (2, 0, 0, 0, 0)
    assert not School.objects.exists()
    assert not Board.objects.exists()


def test_one_wrong_row_stops_all(tmp_path: Path) -> None:
    good, bad = files.school_row("99ZZ00"), files.school_row("99ZZ01", POSTCODE="onbekend")
    made = import_register([files.new_dialect(tmp_path / "vestigingenbo.csv", good, bad)])
    assert counts(made) == (0, 0, 0, 0, 1)
    assert made.reports[0].row == 3
    assert "postcode" in made.reports[0].remarks[0]
    assert not School.objects.exists()


def test_only_what_changed_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "vestigingenbo.csv"
    rows = [files.school_row(f"99ZZ0{number}") for number in range(3)]
    import_register([files.new_dialect(path, *rows)])
    School.objects.filter(code="99ZZ01").update(own_holiday_region="zuid", partnership="PO2707")
    rows[1]["VESTIGINGSNAAM"] = "De Twee"
    made = import_register([files.new_dialect(path, *rows)])
    assert counts(made) == (0, 1, 0, 2, 0)
    school = School.objects.get(code="99ZZ01")
    assert (school.name, school.own_holiday_region, school.partnership) == ("De Twee", "zuid", "PO2707")
    assert " twee" in school.words


OURS = {"own_holiday_region": "zuid", "partnership": "PO2707", "latitude": 52.1, "longitude": 5.1}


def test_what_the_desk_fills_in_while_an_import_runs_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vestigingenbo.csv"
    import_register([files.new_dialect(path, files.school_row("99ZZ00"), files.school_row("99ZZ01"))])

    def slow(*args: Any, **options: Any) -> Plan:
        made = plan(*args, **options)
        School.objects.update(**OURS)
        return made

    monkeypatch.setattr(importing, "plan", slow)
    made = import_register([files.new_dialect(path, files.school_row("99ZZ00", VESTIGINGSNAAM="De Twee"))])
    assert counts(made) == (0, 1, 1, 0, 0)
    found = School.objects.order_by("code").values("name", "status", *OURS)
    assert list(found) == [{"name": "De Twee", "status": "open", **OURS}, {"name": "De Één", "status": "closed", **OURS}]
    import_register([files.new_dialect(path, files.school_row("99ZZ00", SWV="PO3001"))])
    assert School.objects.get(code="99ZZ00").partnership == "PO3001"


def test_who_leaves_the_register_is_closed_and_may_come_back(tmp_path: Path) -> None:
    path = tmp_path / "vestigingenbo.csv"
    both = [files.school_row("99ZZ00"), files.school_row("99ZZ01")]
    import_register([files.new_dialect(path, *both)])
    made = import_register([files.new_dialect(path, both[0])])
    assert counts(made) == (0, 0, 1, 1, 0)
    gone = School.objects.get(code="99ZZ01")
    assert (gone.status, gone.closed_on) == (Status.CLOSED, timezone.localdate())
    assert sectors("99ZZ01") == {"po"}
    assert counts(import_register([files.new_dialect(path, both[0])])) == (0, 0, 0, 1, 0)
    import_register([files.new_dialect(path, *both)])
    back = School.objects.get(code="99ZZ01")
    assert (back.pk, back.status, back.closed_on) == (gone.pk, Status.OPEN, None)


def test_a_file_closes_schools_of_its_own_kind_alone(tmp_path: Path) -> None:
    import_register([files.new_dialect(tmp_path / "vestigingenbo.csv", files.school_row("99ZZ00"))])
    made = import_register([files.new_dialect(tmp_path / "vo.csv", files.secondary_row("99ZY00"))])
    assert made.count(Outcome.CLOSED) == 0
    assert counts(import_register([files.new_dialect(tmp_path / "besturen.csv", files.board_row())]))[2] == 0
    assert not School.objects.exclude(status=Status.OPEN).exists()


def test_a_school_of_two_kinds_is_closed_when_it_left_both(tmp_path: Path) -> None:
    primary = files.new_dialect(tmp_path / "vestigingenbo.csv", files.school_row("99ZZ00"))
    secondary = files.new_dialect(tmp_path / "vo.csv", files.secondary_row("99ZZ00"))
    import_register([primary, secondary])
    assert sectors("99ZZ00") == {"po", "vo", "havo", "vwo"}
    assert counts(import_register([primary, secondary])) == (0, 0, 0, 1, 0)
    assert counts(import_register([files.new_dialect(tmp_path / "vo.csv", files.secondary_row("99ZY00"))])) == (1, 1, 0, 0, 0)
    assert sectors("99ZZ00") == {"po"}
    made = import_register([files.new_dialect(tmp_path / "vestigingenbo.csv", files.school_row("99ZW00"))])
    assert made.count(Outcome.CLOSED) == 1


def test_main_locations_say_nothing_of_the_others(tmp_path: Path) -> None:
    import_register([files.new_dialect(tmp_path / "vo.csv", files.secondary_row("99ZY00"), files.secondary_row("99ZY01"))])
    made = import_register([files.new_dialect(tmp_path / "hoofdvestigingen-vo.csv", files.secondary_row("99ZX00"))])
    assert [report.key for report in made.reports if report.outcome == Outcome.CLOSED] == ["99ZY00"]


def test_a_part_of_the_register_is_refused_and_closes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vestigingenbo.csv"
    rows = [files.school_row(f"99Z{letter}{number:02}") for letter in "AB" for number in range(20)]
    import_register([files.new_dialect(path, *rows)])
    part = files.new_dialect(path, *rows[:5])
    with pytest.raises(RegisterFileError, match="35"):
        import_register([part])
    assert import_register([part], complete=False).count(Outcome.CLOSED) == 0
    assert import_register([part], allow_closing=True).count(Outcome.CLOSED) == 35


def test_boards_without_schools_are_closed(tmp_path: Path) -> None:
    path = tmp_path / "besturen.csv"
    school = files.new_dialect(tmp_path / "vestigingenbo.csv", files.school_row())
    import_register(
        [files.new_dialect(path, files.board_row("90001"), files.board_row("90002"), files.board_row("90003")), school]
    )
    import_register([files.new_dialect(path, files.board_row("90003"))])
    assert dict(Board.objects.values_list("number", "status")) == {"90001": "open", "90002": "closed", "90003": "open"}


def test_a_board_that_leaves_with_its_last_school_is_closed_with_it(tmp_path: Path) -> None:
    boards, schools = tmp_path / "besturen.csv", tmp_path / "vestigingenbo.csv"
    stays, leaves = files.school_row("99ZZ00"), files.school_row("99ZZ01", **{"BEVOEGD GEZAG NUMMER": "90002"})
    moves = files.school_row("99ZZ02", **{"BEVOEGD GEZAG NUMMER": "90003"})
    import_register(
        [
            files.new_dialect(boards, *(files.board_row(number) for number in ("90001", "90002", "90003", "90004"))),
            files.new_dialect(schools, stays, leaves, moves),
        ]
    )
    moves["BEVOEGD GEZAG NUMMER"] = "90004"
    made = import_register([files.new_dialect(boards, files.board_row()), files.new_dialect(schools, stays, moves)])
    assert {report.key for report in made.reports if report.outcome == Outcome.CLOSED} == {"90002", "90003", "99ZZ01"}
    assert set(Board.objects.filter(status="open").values_list("number", flat=True)) == {"90001", "90004"}


def test_special_and_vocational_education_are_read_too(tmp_path: Path) -> None:
    special = files.old_dialect(tmp_path / "vestigingen-so.csv", files.school_row("99ZW00"))
    import_register([special, files.semicolon_dialect(tmp_path / "scholen.csv", files.vocational_row())])
    assert (sectors("99ZW00"), sectors("99ZX00")) == ({"go"}, {"mbo"})


def test_a_cell_nobody_would_mend_is_left_empty_with_a_note(tmp_path: Path) -> None:
    made = import_register([files.new_dialect(tmp_path / "vestigingenbo.csv", files.school_row(INTERNETADRES="n.v.t."))])
    assert School.objects.get().website == ""
    assert any("internetadres" in remark for report in made.reports for remark in report.remarks)


def test_rows_that_contradict_each_other_are_wrong(tmp_path: Path) -> None:
    rows = [files.school_row(), files.school_row(), files.school_row(VESTIGINGSNAAM="De Andere")]
    made = import_register([files.new_dialect(tmp_path / "vestigingenbo.csv", *rows)])
    assert [report.row for report in made.reports if report.outcome == Outcome.ERROR] == [4]


HOSTILE = {
    "NUL": b"A;B\0;C\n1;2;3\n",
    "binary": bytes(range(256)) * 50,
    "UTF-16": "BEVOEGD GEZAG NUMMER;BEVOEGD GEZAG NAAM\n90001;x\n".encode("utf-16"),
    "empty": b"",
    "one column": b"naam\nDe Een\n",
    "wrong columns": b"voornaam,achternaam\nJan,Jansen\n",
    "huge cell": b"BEVOEGD GEZAG NUMMER,BEVOEGD GEZAG NAAM\n90001," + b"x" * 200_000 + b"\n",
    "open quote": b'BEVOEGD GEZAG NUMMER,BEVOEGD GEZAG NAAM\n90001,"x\n',
    "column twice": b"BEVOEGD GEZAG NUMMER,BEVOEGD GEZAG NAAM,BEVOEGD GEZAG NAAM\n90001,x,y\n",
    "higher education": b"SOORT HO;BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;INSTELLINGSNAAM\nhbo;90001;99ZZ;Hogeschool\n",
    "no telling": b"BEVOEGD GEZAG NUMMER,VESTIGINGSCODE,VESTIGINGSNAAM\n90001,99ZZ00,x\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_file_of_the_register_is_refused_politely(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bestand.csv"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(RegisterFileError) as refused:
        import_register([path])
    assert len(str(refused.value)) > 20
    assert not Board.objects.exists()


def test_the_kind_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "bestand.csv"
    path.write_bytes(HOSTILE["no telling"])
    import_register([path], kind=Kind.SPECIAL)
    assert sectors("99ZZ00") == {"go"}


def test_a_kind_is_for_files_that_do_not_tell(tmp_path: Path) -> None:
    untold = files.new_dialect(tmp_path / "scholen.csv", files.school_row("99ZW00"))
    told = [
        files.new_dialect(tmp_path / "besturen.csv", files.board_row()),
        files.new_dialect(tmp_path / "vestigingenbo.csv", files.school_row("99ZZ00")),
        files.new_dialect(tmp_path / "alle.csv", files.secondary_row("99ZY00")),
    ]
    assert counts(import_register([*told, untold], kind=Kind.SPECIAL)) == (4, 0, 0, 0, 0)
    assert Board.objects.get().name == "Stichting Het Zand"
    assert [sectors(code) for code in ("99ZW00", "99ZZ00", "99ZY00")] == [{"go"}, {"po"}, {"vo", "havo", "vwo"}]


@pytest.mark.parametrize(
    ("name", "kind"), [("wrong columns", Kind.SPECIAL), ("higher education", Kind.VOCATIONAL), ("no telling", Kind.BOARDS)]
)
def test_naming_a_kind_makes_no_file_of_the_register(name: str, kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "bestand.csv"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(RegisterFileError):
        import_register([path], kind=kind)


@pytest.mark.parametrize(
    "cells",
    [{"VESTIGINGSNAAM": "=HYPERLINK(1)"}, {"VESTIGINGSCODE": "x"}, {"BEVOEGD GEZAG NUMMER": ""}, {"PROVINCIE": "Atlantis"}],
)
def test_a_wrong_cell_is_told(cells: dict[str, str], tmp_path: Path) -> None:
    made = import_register([files.new_dialect(tmp_path / "vestigingenbo.csv", files.school_row(**cells))])
    assert counts(made) == (0, 0, 0, 0, 1)


def test_ten_thousand_rows_of_junk_end_in_a_report(tmp_path: Path) -> None:
    rows = [files.school_row(f"{number}") for number in range(10_000)]
    output = StringIO()
    with pytest.raises(CommandError):
        call_command("import_schools", files.new_dialect(tmp_path / "vestigingenbo.csv", *rows), stdout=output)
    assert "fout: 10000" in output.getvalue()
    assert "10000 " in output.getvalue()
    assert not School.objects.exists()


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    output = StringIO()
    path = files.new_dialect(tmp_path / "vestigingenbo.csv", files.school_row())
    call_command("import_schools", path, "--dry-run", stdout=output)
    assert "vestigingenbo.csv, 2: nieuw: 99ZZ00 De Één" in output.getvalue()
    assert not School.objects.exists()


def test_the_command_speaks_the_language_of_who_asks(tmp_path: Path) -> None:
    path = files.new_dialect(tmp_path / "vestigingenbo.csv", files.school_row())
    with override("en"):
        assert "new: 2, changed: 0, closed: 0, unchanged: 0, wrong: 0" in said_by_the_command(path)


def test_the_command_names_what_changes(tmp_path: Path) -> None:
    path = tmp_path / "besturen.csv"
    call_command("import_schools", files.new_dialect(path, files.board_row()), verbosity=0)
    output = StringIO()
    call_command("import_schools", files.new_dialect(path, files.board_row(**{"KVK-NUMMER": "7654321"})), stdout=output)
    assert f"({Board._meta.get_field('kvk_number').verbose_name})" in output.getvalue()


def said_by_the_command(*arguments: object) -> str:
    """The last lines of what `import_schools` says."""
    output = StringIO()
    call_command("import_schools", *arguments, stdout=output)
    return output.getvalue()


def test_the_three_dialects_together_are_tried_imported_and_change_nothing_again(tmp_path: Path) -> None:
    paths = [
        files.new_dialect(tmp_path / "besturen.csv", files.board_row()),
        files.semicolon_dialect(tmp_path / "vestigingenbo.csv", files.school_row()),
        files.old_dialect(tmp_path / "oud-vo.csv", files.old_secondary_row()),
        files.new_dialect(tmp_path / "vestigingenvo.csv", files.secondary_row()),
    ]
    _tried_imported_and_again(paths)


def test_files_as_they_come_are_tried_imported_and_change_nothing_again(tmp_path: Path) -> None:
    primary, secondary = SAMPLES / "vestigingenbo.csv", SAMPLES / "alle-vestigingen-vo.csv"
    older = tmp_path / "oud-alle-vestigingen-vo.csv"
    older.write_bytes(secondary.read_bytes().decode().encode("cp1252"))
    boards = files.new_dialect(tmp_path / "besturen.csv", files.board_row("90007"))
    _tried_imported_and_again([boards, primary, secondary, older])
    first, second = School.objects.order_by("code")
    assert (first.name, second.name) == ("Brede school Ús Één & Twee, gebouw Beek", 'Scholen "Het Duin"; gebouw Zee')
    assert sectors(first.code) == sectors(second.code) == {"po", "vo", "havo", "vwo"}


def _tried_imported_and_again(paths: list[Path]) -> None:
    """A board and two schools, whatever the number of files."""
    assert "nieuw: 3, gewijzigd: 0, gesloten: 0, ongewijzigd: 0, fout: 0" in said_by_the_command(*paths, "--dry-run")
    assert not Board.objects.exists()
    assert "nieuw: 3, gewijzigd: 0, gesloten: 0, ongewijzigd: 0, fout: 0" in said_by_the_command(*paths)
    before = [*School.objects.order_by("pk").values(), *Board.objects.order_by("pk").values()]
    assert "nieuw: 0, gewijzigd: 0, gesloten: 0, ongewijzigd: 3, fout: 0" in said_by_the_command(*paths)
    assert [*School.objects.order_by("pk").values(), *Board.objects.order_by("pk").values()] == before
