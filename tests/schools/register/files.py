"""Small files as DUO writes them, in its dialects, about schools that do not exist. Those of special and vocational education are
a guess: no file of them was at hand."""

import csv
import io
from pathlib import Path

ADDRESS = {
    "STRAATNAAM": "'t Zandpad",
    "HUISNUMMER-TOEVOEGING": "7-b",
    "POSTCODE": "6811ab",
    "PLAATSNAAM": "'S-HEERENDORP",
    "GEMEENTENUMMER": "0202",
    "GEMEENTENAAM": "ARNHEM",
    "DENOMINATIE": "Openbaar",
    "TELEFOONNUMMER": "0260000000",
    "INTERNETADRES": "www.School.example/",
}
Row = dict[str, str]


def board_row(number: str = "90001", **cells: str) -> Row:
    """A row of the file of boards."""
    return {
        "BEVOEGD GEZAG NUMMER": number,
        "BEVOEGD GEZAG NAAM": "Stichting Het Zand",
        **ADDRESS,
        "KVK-NUMMER": "1234567",
        **cells,
    }


def school_row(code: str = "99ZZ00", **cells: str) -> Row:
    """A row of a file of locations in primary or special education."""
    head = {"PROVINCIE": "Gelderland", "BEVOEGD GEZAG NUMMER": "90001", "INSTELLINGSCODE": code[:4], "VESTIGINGSCODE": code}
    return {**head, "VESTIGINGSNAAM": "De Één", **ADDRESS, **cells}


def secondary_row(code: str = "99ZY00", **cells: str) -> Row:
    """A row of a file of locations in secondary education."""
    return {**school_row(code), "ONDERWIJSSTRUCTUUR": "HAVO/VWO", **cells}


def old_secondary_row(code: str = "99ZY00", **cells: str) -> Row:
    """The same row as older files have it."""
    names = {"INSTELLINGSCODE": "BRIN NUMMER", "VESTIGINGSCODE": "VESTIGINGSNUMMER"}
    return {names.get(name, name): value for name, value in secondary_row(code, **cells).items()}


def vocational_row(code: str = "99ZX", **cells: str) -> Row:
    """A row of a file of institutions in vocational education."""
    row = {name: value for name, value in school_row(code + "00").items() if name != "VESTIGINGSCODE"}
    row["INSTELLINGSNAAM"] = row.pop("VESTIGINGSNAAM")
    return {**row, "MBO INSTELLINGSSOORT NAAM": "ROC", **cells}


def new_dialect(path: Path, *rows: Row) -> Path:
    """Comma, everything quoted, UTF-8 with a byte order mark."""
    return _write(path, rows, ",", "utf-8-sig", csv.QUOTE_ALL)


def semicolon_dialect(path: Path, *rows: Row) -> Path:
    """Semicolon, UTF-8 without a mark."""
    return _write(path, rows, ";", "utf-8", csv.QUOTE_MINIMAL)


def old_dialect(path: Path, *rows: Row) -> Path:
    """Semicolon, windows-1252."""
    return _write(path, rows, ";", "cp1252", csv.QUOTE_MINIMAL)


def _write(path: Path, rows: tuple[Row, ...], delimiter: str, encoding: str, quoting: int) -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path
