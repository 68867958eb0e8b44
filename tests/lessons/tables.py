"""Tables of lessons for the tests, as files on disk."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from openpyxl import Workbook

from lessons.imports.files import opened
from lessons.imports.planning import Planner, RowReport
from lessons.imports.writing import write
from lessons.models import ImportJob, LessonIndexPage
from portal.accounts.models import User
from tests import factories

COMPLETE = {
    "Titel": "Wat zit er in onze prullenbak?",
    "Samenvatting": "Leerlingen wegen het afval van één schooldag.",
    "Lesdoel": "De leerlingen noemen twee manieren om afval te voorkomen.",
    "Sectoren": "po; sbo",
    "Groepen en leerjaren": "Groep 5, groep 6",
    "Vakken": "Milieu",
    "Minuten": 60,
    "Over de tijd": "of twee keer 30 minuten",
    "Voorbereiding": "Lees dit **vooraf**.\n\n• Zet de bak klaar.\n• Pak een weegschaal.",
    "Plaats": "in-de-klas",
    "Groepsgrootte": "hele klas",
    "Kosten": "gratis",
    "Benodigdheden": "weegschaal\nhandschoenen",
    "Stap 1": "Start, 10 minuten: Raden\nLaat raden hoeveel erin zit.\nVraag: Wat zie je het meest?\nTip: Weeg de lege emmer.",
    "Stap 2": "Aan de slag: Wegen",
    "Materiaal": "Kaart van de buurt | https://www.example.org/kaart | docent",
    "Kerndoelen": "po-2006-39: De leerlingen meten hun eigen afval.",
    "WSA-domeinen": "curriculum; Gebouw en bedrijfsvoering",
    "Thema's SDG 4.7": "duurzame-levenswijzen",
    "SDG's": "SDG12",
    "Onderwerpen": "afval",
    "GreenComp": "2.1",
    "Soort materiaal": "Open opdracht",
    "Taal": "nl",
    "Licentie": "cc-by-40",
    "Maker": "Basisschool De Linde",
    "Bron": "www.example.org/les",
    "Staat elders": "nee",
    "Gecontroleerd op": "5-11-2026",
    "Controleren op": "2027-11-05",
}


def xlsx(path: Path, rows: Sequence[dict[str, Any]], *, columns: Sequence[str] = (), title: str = "Lessen") -> Path:
    """An XLSX file with a heading of the keys of all rows."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    columns = columns or list(dict.fromkeys(key for row in rows for key in row))
    sheet.append(list(columns))
    for row in rows:
        sheet.append([row.get(column) for column in columns])
    book.save(path)
    return path


def csv_file(path: Path, rows: Sequence[dict[str, Any]], *, separator: str = ";", encoding: str = "utf-8-sig") -> Path:
    """The same as CSV."""
    output = io.StringIO(newline="")
    columns = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(output, columns, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(output.getvalue().encode(encoding))
    return path


def lessons(number: int, **values: Any) -> list[dict[str, Any]]:
    """This many rows of complete lessons, each with a title of its own."""
    return [{**COMPLETE, "Titel": f"Les nummer {one}", **values} for one in range(1, number + 1)]


def planned(path: Path, index: LessonIndexPage, user: User | None = None) -> list[RowReport]:
    """The dry run of a file."""
    with opened(path) as source:
        return [plan.report for plan in Planner(index, user).plans(source)]


def imported(path: Path, index: LessonIndexPage, user: User | None = None) -> list[int]:
    """Import a file without faults; the keys of the pages written."""
    with opened(path) as source:
        plans = list(Planner(index, user).plans(source))
    problems = [plan.report.problems for plan in plans if plan.report.problems]
    assert not problems, problems
    return write([plan.work for plan in plans if plan.work], index=index, user=user)


def waiting_job(path: Path, index: LessonIndexPage, user: User | None = None) -> ImportJob:
    """An import that nobody works on yet."""
    job = ImportJob(user=user or factories.UserFactory(is_superuser=True), index=index, name=path.name)
    job.file.save(f"{uuid4()}{path.suffix}", ContentFile(path.read_bytes()), save=False)
    job.save()
    return job


def outcomes(reports: Iterable[RowReport]) -> list[str]:
    return [str(report.outcome) for report in reports]


def rewritten(path: Path, part: str, change: Any) -> Path:
    """The archive with one of its parts changed: `change` gets and gives its bytes."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[part] = change(members.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
