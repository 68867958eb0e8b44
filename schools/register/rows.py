"""What one row of a file says: about a school, or about a board."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from schools.models.register import LATITUDES, LONGITUDES, MAIN_LOCATION, PARTNERSHIP_CODE
from schools.register import cells
from schools.register.cells import CellError
from schools.register.columns import SECTORS, Kind, columns, kind_of
from schools.register.reading import Table

BRIN = re.compile(r"[0-9]{2}[A-Z]{2}")
LOCATION = re.compile(r"[0-9A-Z]{2}")

# The part of the structure of a school for secondary education (HAVO/VWO) → its sector.
STRUCTURES = {
    "pro": "pro",
    "praktijkonderwijs": "pro",
    "vbo": "vmbo",
    "vmbo": "vmbo",
    "mavo": "vmbo",
    "havo": "havo",
    "vwo": "vwo",
    **dict.fromkeys(("atheneum", "gymnasium"), "vwo"),
}
# What a column "SOORT PO" says → sectors; with it one file may hold primary and special education. A guess: see docs/register.md.
SORTS = {"bo": {"po"}, "sbo": {"po", "sbo"}, "so": {"so"}, "vso": {"vso"}, "sovso": {"so", "vso"}, "svso": {"so", "vso"}}
SECTORS_OF_KIND = {Kind.PRIMARY: {"po"}, Kind.SPECIAL: {"go"}, Kind.SECONDARY: {"vo"}, Kind.VOCATIONAL: {"mbo"}}

Reader = Callable[[str], Any]
READERS: dict[str, Reader] = {
    "name": lambda value: cells.name(value, longest=255),
    "street": lambda value: cells.place(value, longest=120),
    "house_number": lambda value: cells.text(value, longest=20),
    "postcode": cells.postcode,
    "place": lambda value: cells.place(value, longest=80),
    "municipality_code": lambda value: cells.digits(value, length=4),
    "municipality": lambda value: cells.place(value, longest=80),
    "denomination": lambda value: cells.text(value, longest=80),
    "telephone": cells.telephone,
    "website": cells.website,
}
BOARD_READERS = READERS | {"kvk_number": lambda value: cells.digits(value, length=8)}
SCHOOL_READERS = READERS | {
    "partnership": lambda value: _partnership(value),
    "latitude": lambda value: cells.coordinate(value, low=LATITUDES[0], high=LATITUDES[1]),
    "longitude": lambda value: cells.coordinate(value, low=LONGITUDES[0], high=LONGITUDES[1]),
}
# Wrong here, a cell is left empty with a note: nobody should have to mend a file of the register for it.
LENIENT = ("telephone", "website")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a row says. `key` is the code of a school or the number of a board; `values` holds model fields, those alone that the
    file has a column for. Only what is wrong stops the import; notes do not."""

    file: str
    row: int
    key: str
    values: Mapping[str, Any]
    board: str = ""
    sectors: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file, what kind it is and how to read it. `every_location` is false for a file of main locations alone."""

    table: Table
    kind: Kind
    columns: Mapping[str, int] = field(repr=False)
    every_location: bool
    # Names of provinces, folded → primary keys.
    provinces: Mapping[str, int] = field(repr=False)

    def facts(self) -> Iterator[Facts]:
        """What each row says. Raises RegisterFileError where the file breaks off."""
        for number, row in self.table.rows():
            yield _Row(self, number, row).facts()


def source(table: Table, kind: Kind | None = None) -> Source:
    """The file as something to import; `kind` counts where neither columns nor name tell. Raises RegisterFileError."""
    found = columns(table.header)
    known = kind_of(found, table.name, kind)
    every_location = "location" in found and "hoofdvestiging" not in table.name.lower()
    return Source(table, known, found, every_location, _provinces())


class _Row:
    def __init__(self, source: Source, number: int, row: Sequence[str]) -> None:
        self.source, self.number, self.row = source, number, row
        self.problems: list[str] = []
        self.notes: list[str] = []

    def facts(self) -> Facts:
        width = len(self.source.table.header)
        if len(self.row) != width:
            message = _("This row has %(cells)s cells, the first row %(columns)s.")
            self.problems.append(message % {"cells": len(self.row), "columns": width})
            return self._facts("", {})
        return self._board() if self.source.kind == Kind.BOARDS else self._school()

    def _board(self) -> Facts:
        number = self._read("board_number", lambda value: cells.digits(value, length=5)) or ""
        if not number and not self.problems:
            self.problems.append(_("The number of the board is missing."))
        values = self._values(BOARD_READERS)
        values["name"] = self._read("board_name", READERS["name"]) or ""
        if not values["name"] and not self.problems:
            self.problems.append(_("The name is missing."))
        return self._facts(number, values)

    def _school(self) -> Facts:
        code = self._code()
        board = self._read("board_number", lambda value: cells.digits(value, length=5)) or ""
        values = self._values(SCHOOL_READERS)
        if "province" in self.source.columns:
            values["province_id"] = self._read("province", self._province)
        sectors = self._sectors()
        if not board and not self.problems:
            self.problems.append(_("The number of the board is missing."))
        if not values["name"] and not self.problems:
            self.problems.append(_("The name is missing."))
        return self._facts(code, values, board=board, sectors=sectors)

    def _facts(self, key: str, values: Mapping[str, Any], **more: Any) -> Facts:
        name, problems, notes = self.source.table.name, tuple(self.problems), tuple(self.notes)
        return Facts(name, self.number, key, values, problems=problems, notes=notes, **more)

    def _cell(self, column: str) -> str:
        return self.row[self.source.columns[column]] if column in self.source.columns else ""

    def _read(self, column: str, reader: Reader) -> Any:
        try:
            return reader(self._cell(column))
        except CellError as error:
            header = self.source.table.header[self.source.columns[column]]
            (self.notes if column in LENIENT else self.problems).append(f"{header.strip().lower()}: {error}")
            return ""

    def _values(self, readers: Mapping[str, Reader]) -> dict[str, Any]:
        return {name: self._read(name, reader) for name, reader in readers.items() if name in self.source.columns}

    def _code(self) -> str:
        institution = self._cell("institution").strip().upper()
        location = self._cell("location").strip().upper() or MAIN_LOCATION
        code = location if len(location) == 6 else institution + location
        if not (BRIN.fullmatch(code[:4]) and LOCATION.fullmatch(code[4:])):
            self.problems.append(_("“%(value)s” is no code of a school such as 01AB00.") % {"value": code[:20]})
            return ""
        return code

    def _province(self, value: str) -> int | None:
        name = cells.text(value, longest=40)
        if name and name.casefold() not in self.source.provinces:
            raise CellError(_("“%(value)s” is no province.") % {"value": name})
        return self.source.provinces.get(name.casefold())

    def _sectors(self) -> frozenset[str]:
        if self.source.kind == Kind.SECONDARY:
            parts = re.split(r"[^a-z]+", self._cell("structure").lower())
            return frozenset({"vo"} | {STRUCTURES[part] for part in parts if part in STRUCTURES})
        sort = "".join(filter(str.isalpha, self._cell("sort").lower()))
        if sort and sort not in SORTS:
            self.problems.append(_("“%(value)s” is no sort of school that we know.") % {"value": self._cell("sort")[:40]})
        return frozenset(SORTS.get(sort) or SECTORS_OF_KIND[self.source.kind])


def kinds_in(facts: Facts) -> frozenset[Kind]:
    """The kinds a row of a school speaks for."""
    return frozenset(kind for kind, sectors in SECTORS.items() if sectors & facts.sectors)


def _partnership(value: str) -> str:
    code = cells.text(value, longest=20).upper().replace(" ", "")
    if code and not re.fullmatch(PARTNERSHIP_CODE, code):
        raise CellError(_("“%(value)s” is no partnership such as PO2707.") % {"value": code})
    return code


def _provinces() -> dict[str, int]:
    concepts = vocabulary().scheme(Scheme.PROVINCE, retired=True)
    return {name.casefold(): concept.pk for concept in concepts for name in (concept.label, *concept.alt_labels)}
