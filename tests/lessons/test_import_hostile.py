"""Files that are broken, or made to break something, are a sentence for the person who hands them in."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as hypothesis_settings
from openpyxl import Workbook, load_workbook

from lessons.imports import archive
from lessons.imports.cells import TableError
from lessons.imports.files import MAX_ROWS, check_upload, opened
from lessons.models import LessonIndexPage
from lessons.models.import_job import ImportState
from portal.media.documents import MAX_BYTES
from tests.lessons import beside
from tests.lessons.tables import COMPLETE, csv_file, lessons, outcomes, planned, rewritten, waiting_job, xlsx
from tests.media.files import archive as zipped
from tests.media.files import office_members

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def checked(name: str, content: bytes) -> None:
    check_upload(ContentFile(content, name=name))


def office(sheet: bytes) -> bytes:
    return zipped({**office_members("spreadsheetml.sheet", "xl/workbook.xml"), SHEET: sheet})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lessen.txt", b"Titel\nx\n"),
        ("lessen.pdf", b"%PDF-1.4"),
        ("lessen", b"Titel\nx\n"),
        ("lessen.xls", OLD_OFFICE),
        ("lessen.xlsx", OLD_OFFICE),
        ("lessen.xlsx", b"Titel;Vakken\nx;y\n"),
        ("lessen.csv", b"PK\x03\x04" + bytes(100)),
        ("lessen.csv", b"Titel\n\x00\n"),
        ("lessen.csv", "Titel\nx\n".encode("utf-16")),
        ("lessen.csv", b"<html><script>alert(1)</script>"),
        ("lessen.csv", b""),
        ("lessen.csv", b"Titel\n" + b"x" * MAX_BYTES),
        ("lessen.xlsx", zipped({"word/document.xml": b"<x/>"})),
        ("lessen.xlsx", office(bytes(90_000_000))),
        ("lessen.xlsx", zipped({**office_members("spreadsheetml.sheet", "xl/workbook.xml"), "xl/vbaProject.bin": b"x"})),
        ("les\u202esen.csv", b"Titel\nx\n"),
    ],
)
def test_files_of_another_kind_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError):
        checked(name, content)


def test_good_files_are_taken(tmp_path: Path) -> None:
    checked("Lessen.XLSX", xlsx(tmp_path / "a.xlsx", [COMPLETE]).read_bytes())
    checked("lessen.csv", csv_file(tmp_path / "a.csv", [COMPLETE]).read_bytes())


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8, 0.95, 0.999])
def test_a_file_cut_short_is_refused(part: float, tmp_path: Path) -> None:
    content = xlsx(tmp_path / "a.xlsx", lessons(20)).read_bytes()
    with pytest.raises(ValidationError):
        checked("a.xlsx", content[: int(len(content) * part)])


def with_sheet(rows: str, *, after: str = "") -> Callable[[bytes], bytes]:
    text = f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData>{after}</worksheet>"
    return lambda _before: text.encode()


def cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


TITLE_ROW = f"<row>{cell('Titel')}</row>"


@pytest.mark.parametrize(
    "sheet",
    [
        with_sheet(TITLE_ROW + "<row>" + "<c/>" * 20_000 + "</row>"),
        with_sheet(TITLE_ROW + "<row/>" * 60_000),
        with_sheet(TITLE_ROW + f"<row><c t='inlineStr'><is><t>{'x' * 50_000}</t></is></c></row>"),
        with_sheet(TITLE_ROW + f'<row r="99999999999">{cell("x")}</row>'),
        with_sheet(TITLE_ROW + f'<row r="-1">{cell("x")}</row>'),
        with_sheet(TITLE_ROW + f"<row a='{'x' * 1_000_000}'>{cell('x')}</row>"),
        with_sheet(TITLE_ROW + f"<!--{'x' * 1_000_000}--><row>{cell('x')}</row>"),
        with_sheet(TITLE_ROW, after="<mergeCells>" + '<mergeCell ref="A1:A2"/>' * 2_000 + "</mergeCells>"),
        with_sheet("<a>" * 200 + "</a>" * 200),
        lambda before: b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + before,
        lambda before: b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>',
        lambda before: b"<chartsheet/>",
        lambda before: before[:-40],
        lambda before: b"",
        with_sheet('<row><c t="s"><v>99</v></c></row>'),
        with_sheet('<row><c t="n"><v>zes</v></c></row>'),
        with_sheet('<row><c r="????"><v>1</v></c></row>'),
        with_sheet('<row><c s="9999"><v>1</v></c></row>'),
        with_sheet(f"<row><c><v>{'9' * 9000}</v></c></row>"),
    ],
)
def test_sheets_made_to_break_something_are_refused(
    sheet: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_ELEMENTS", 50_000)
    path = rewritten(xlsx(tmp_path / "a.xlsx", [COMPLETE]), SHEET, sheet)
    with pytest.raises(TableError), opened(path) as source:
        list(source.rows)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/workbook.xml", f"<workbook {NAMESPACE}><sheets>{'<sheet/>' * 50}</sheets></workbook>".encode()),
        ("xl/styles.xml", b"<styleSheet>" + b"<x/>" * 600_000 + b"</styleSheet>"),
        ("xl/styles.xml", b"geen xml"),
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        ("xl/media/image1.png", b"<worksheet>" + b"<row/>" * 60_000 + b"</worksheet>"),
    ],
)
def test_other_parts_made_to_break_something_are_refused(
    part: str, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_ELEMENTS", 50_000)
    path = rewritten(xlsx(tmp_path / "a.xlsx", [COMPLETE]), part, lambda _before: content)
    with pytest.raises(TableError), opened(path) as source:
        list(source.rows)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=strategies.integers(0, 1_000_000), junk=strategies.binary(min_size=1, max_size=40))
def test_any_damage_is_a_sentence(where: int, junk: bytes, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [COMPLETE])
    content = bytearray(path.read_bytes())
    where %= len(content)
    content[where : where + len(junk)] = junk
    path.write_bytes(content)
    with suppress(ValidationError, TableError):
        check_upload(ContentFile(bytes(content), name="a.xlsx"))
        with opened(path) as source:
            list(source.rows)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=strategies.binary(max_size=200))
def test_any_bytes_as_csv_are_a_sentence(junk: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'Titel;"Vakken"\n' + junk)
    with suppress(ValidationError, TableError):
        check_upload(ContentFile(path.read_bytes(), name="a.csv"))
        with opened(path) as source:
            list(source.rows)


def test_a_long_and_empty_rest_of_a_sheet_is_not_read(tmp_path: Path) -> None:
    rows = TITLE_ROW + f"<row>{cell('Een les')}</row>" + "<row s='1'/>" * 30_000 + f'<row r="1048576">{cell("Ver weg")}</row>'
    path = rewritten(xlsx(tmp_path / "a.xlsx", [COMPLETE]), SHEET, with_sheet(rows))
    with opened(path) as source:
        assert source.total == 2
        assert [row.number for row in source.rows] == [2, 1_048_576]


def test_a_wide_heading_is_refused_and_cells_far_right_are_not_read(tmp_path: Path) -> None:
    columns = ["Titel", *(f"k{number}" for number in range(10_000))]
    for path in (xlsx(tmp_path / "a.xlsx", [], columns=columns), csv_file(tmp_path / "a.csv", [dict.fromkeys(columns, "x")])):
        with pytest.raises(TableError, match="200"), opened(path):
            pass


@pytest.mark.django_db
class TestRows:
    """What is wrong with a cell is said of its row."""

    def test_formulas_errors_and_dates(self, lesson_index: LessonIndexPage, tmp_path: Path) -> None:
        book = Workbook()
        book.active.append(["Titel", "Kosten", "Groepsgrootte"])
        book.active.append(["Een", '=HYPERLINK("http://x")', "4-6"])
        book.active.append(["Twee", "gratis", date(2026, 6, 4)])
        book.active.append(["Drie", "#REF!", "x"])
        book.active["B4"].data_type = "e"
        book.active.append(["=A1", "", ""])
        book.save(tmp_path / "a.xlsx")
        reports = planned(tmp_path / "a.xlsx", lesson_index)
        assert outcomes(reports) == ["error"] * 4
        assert [[column for column, _text in report.problems] for report in reports] == [
            ["Kosten"],
            ["Groepsgrootte"],
            ["Kosten"],
            ["Titel"],
        ]
        (report,) = planned(csv_file(tmp_path / "a.csv", [{"Titel": "Een", "Kosten": "=1+1"}]), lesson_index)
        assert dict(report.problems).keys() == {"Kosten"}

    def test_merged_cells(self, lesson_index: LessonIndexPage, tmp_path: Path) -> None:
        path = xlsx(tmp_path / "a.xlsx", lessons(3))
        book = load_workbook(path)
        book.active.merge_cells("D2:D4")
        book.save(path)
        reports = planned(path, lesson_index)
        assert outcomes(reports) == ["error", "new", "new"]
        assert "D2:D4" in reports[0].problems[0][1]

    @pytest.mark.parametrize(("separator", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "cp1252"), (";", "cp1252")])
    def test_every_dialect_of_csv(self, separator: str, encoding: str, lesson_index: LessonIndexPage, tmp_path: Path) -> None:
        rows = lessons(2, Maker="Basisschool „De Ië”, Zaandam; noord")
        path = csv_file(tmp_path / "a.csv", rows, separator=separator, encoding=encoding)
        reports = planned(path, lesson_index)
        assert outcomes(reports) == ["new", "new"], reports[0].problems

    def test_a_quotation_mark_that_is_missing(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_text('Titel;Vakken\n"Een les;milieu\n' + "x;y\n" * 10)
        with pytest.raises(TableError), opened(path) as source:
            list(source.rows)

    def test_long_texts_and_many_concepts(self, lesson_index: LessonIndexPage, tmp_path: Path) -> None:
        rows = [{"Titel": "Een", "Voorbereiding": "x" * 30_000}, {"Titel": "Twee", "Vakken": "onbekend, " * 3_000}]
        reports = planned(csv_file(tmp_path / "a.csv", rows), lesson_index)
        assert outcomes(reports) == ["error", "error"]
        assert all(len(text) < 300 for report in reports for _column, text in report.problems)

    @pytest.mark.parametrize(
        "text", ["[" * 9_000, "**" * 9_000, "> " * 9_000, "- " * 9_000, "*a_" * 6_000, "[a](" * 4_000, "1. " * 6_000]
    )
    def test_text_that_slows_down_a_reader(self, text: str, lesson_index: LessonIndexPage, tmp_path: Path) -> None:
        (report,) = planned(csv_file(tmp_path / "a.csv", [{"Titel": "Een", "Voorbereiding": text}]), lesson_index)
        assert report.outcome in ("new", "error")


def hostile_table(path: Path, rows: int) -> Path:
    """Every column of every row is wrong in several ways."""
    columns = list(COMPLETE)
    heading = "".join(cell(column) for column in columns)
    faults = "".join(cell(f"&lt;b&gt; [x]({column}) ; ; onbekend") for column in columns[1:])
    body = "".join(f"<row>{cell(f'Les {number}')}{faults}</row>" for number in range(rows))
    return rewritten(xlsx(path, [COMPLETE]), SHEET, with_sheet(f"<row>{heading}</row>{body}"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("rows", "state", "faulty"), [(2 * MAX_ROWS, ImportState.FAILED, None), (MAX_ROWS, ImportState.CHECKED, MAX_ROWS)]
)
def test_hostile_tables_take_little_memory(
    rows: int, state: ImportState, faulty: int | None, lesson_index: LessonIndexPage, tmp_path: Path
) -> None:
    job = waiting_job(hostile_table(tmp_path / "a.xlsx", rows), lesson_index)
    # Not what the system counts for a process: that begins with the size of the process it was started from.
    kilobytes = beside.run(
        "from lessons.imports import jobs\n"
        f"jobs.work_on({job.pk})\n"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"
    )
    job.refresh_from_db()
    assert (job.state, job.report.get("counts", {}).get("error")) == (state, faulty)
    assert int(kilobytes) < 300 * 1024
