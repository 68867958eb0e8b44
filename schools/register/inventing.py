"""A believable register of schools that do not exist, as files in the three dialects of the real one."""

import csv
import random
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from django.utils.text import slugify

DATA = Path(__file__).parent.parent / "data" / "invented.toml"
# A small register and a large one keep out of each other's way, so that both can be loaded.
SMALL = 1_000
FIRST_DIGITS = {True: range(90, 100), False: range(40, 90)}
# The part of the schools of each kind, and of the boards.
SHARES = {"primary": 0.70, "secondary": 0.17, "special": 0.08, "vocational": 0.05}
STRUCTURES = ("VMBO", "VMBO/HAVO", "HAVO/VWO", "VMBO/HAVO/VWO")
# So that a primary board of the demo has the five others that a comparison asks for.
PRIMARY_BOARDS = 6
# What the name of a school promises.
PROMISED = {"praktijkschool": "PRO", "lyceum": "HAVO/VWO", "vmbo en havo": "VMBO/HAVO"}
DENOMINATIONS = ("Openbaar", "Protestants-Christelijk", "Rooms-Katholiek", "Algemeen bijzonder")
COMMON = ("PROVINCIE", "BEVOEGD GEZAG NUMMER", "INSTELLINGSCODE", "VESTIGINGSCODE", "VESTIGINGSNAAM")
ADDRESS = ("STRAATNAAM", "HUISNUMMER-TOEVOEGING", "POSTCODE", "PLAATSNAAM", "GEMEENTENUMMER", "GEMEENTENAAM")
MORE = ("DENOMINATIE", "TELEFOONNUMMER", "INTERNETADRES")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written: its name, encoding, delimiter and the columns that only this kind has."""

    name: str
    encoding: str
    delimiter: str
    own: tuple[str, ...] = ()


DIALECTS = {
    "primary": Dialect("vestigingenbo.csv", "utf-8-sig", ","),
    "secondary": Dialect("02.-alle-vestigingen-vo.csv", "utf-8", ";", ("ONDERWIJSSTRUCTUUR",)),
    "special": Dialect("vestigingen-so.csv", "cp1252", ";"),
    "vocational": Dialect("instellingenmbo.csv", "utf-8-sig", ",", ("MBO INSTELLINGSSOORT NAAM",)),
}

Row = dict[str, str]


def write_register(folder: Path, *, schools: int, boards: int, seed: int) -> list[Path]:
    """Write files with this many schools and boards into `folder`; the same seed gives the same schools. Returns the files.

    Raises ValueError for fewer schools than boards, for no board, and for more than there are codes.
    """
    if not 1 <= boards <= schools <= 20_000:
        raise ValueError("1 <= boards <= schools <= 20000")
    inventor = _Inventor(random.Random(seed), small=schools <= SMALL)  # noqa: S311
    board_rows, school_rows = inventor.register(schools, boards)
    written = [_write(folder / "besturen.csv", Dialect("besturen.csv", "utf-8-sig", ","), board_rows)]
    for kind, rows in school_rows.items():
        if rows:
            written.append(_write(folder / DIALECTS[kind].name, DIALECTS[kind], rows))
    return written


def _write(path: Path, dialect: Dialect, rows: Sequence[Row]) -> Path:
    with path.open("w", encoding=dialect.encoding, newline="") as file:
        writer = csv.DictWriter(
            file,
            list(rows[0]),
            delimiter=dialect.delimiter,
            quoting=csv.QUOTE_ALL if dialect.delimiter == "," else csv.QUOTE_MINIMAL,
        )
        writer.writeheader()
        writer.writerows(rows)
    return path


def _see_to_primary(kinds: list[str], sizes: Mapping[int, int]) -> None:
    """Make primary boards of the smallest others, until there are enough of them to compare one with; one of each kind stays."""
    smallest = sorted(range(len(kinds)), key=lambda place: sizes[place])
    for place in smallest:
        if kinds.count("primary") < PRIMARY_BOARDS and kinds[place] != "primary" and kinds.count(kinds[place]) > 1:
            kinds[place] = "primary"


class _Inventor:
    def __init__(self, chance: random.Random, *, small: bool) -> None:
        data: dict[str, Any] = tomllib.loads(DATA.read_text(encoding="utf-8"))
        self.chance = chance
        self.names: Mapping[str, list[str]] = data["names"]
        self.places = [(province["name"], *place) for province in data["province"] for place in province["places"]]
        digits = FIRST_DIGITS[small]
        codes = [f"{number}{one}{two}" for number, one, two in product(digits, ascii_uppercase, ascii_uppercase)]
        self.codes = iter(chance.sample(codes, len(codes)))
        self.numbers = count(digits[0] * 1_000 + 101)
        self.given: set[tuple[str, str]] = set()

    def register(self, schools: int, boards: int) -> tuple[list[Row], dict[str, list[Row]]]:
        """Rows of boards, and rows of schools by kind."""
        # Each board of one kind; the first ones see to it that a small register has every kind.
        kinds = [*SHARES][:boards] + self.chance.choices([*SHARES], [*SHARES.values()], k=max(0, boards - len(SHARES)))
        found = [(self._board(), self.chance.choice(self.places)) for _ in kinds]
        # Few boards are large: one school for each, the others by a skewed draw among those of their kind.
        weights = [self.chance.paretovariate(1.3) * SHARES[kind] / kinds.count(kind) for kind in kinds]
        chosen = [*range(boards), *self.chance.choices(range(boards), weights, k=schools - boards)]
        rows: dict[str, list[Row]] = {kind: [] for kind in SHARES}
        _see_to_primary(kinds, Counter(chosen))
        for place in chosen:
            board, home = found[place]
            rows[kinds[place]].append(self._school(kinds[place], board, home))
        return [board for board, _ in found], rows

    def _board(self) -> Row:
        name = self._name("boards", "")
        return {
            "BEVOEGD GEZAG NUMMER": f"{next(self.numbers):05}",
            "BEVOEGD GEZAG NAAM": name,
            **self._address(self.chance.choice(self.places)),
            **self._more(name),
            "KVK-NUMMER": "",
        }

    def _school(self, kind: str, board: Row, home: tuple[str, ...]) -> Row:
        # Most schools of a board stand in its own place, others in the same province.
        near = [place for place in self.places if place[0] == home[0]]
        place = home if self.chance.random() < 0.6 else self.chance.choice(near)
        name = self._name(kind, place[1])
        code = next(self.codes)
        own = {column: self._own(column, name) for column in DIALECTS[kind].own}
        head = dict(zip(COMMON, (place[0], board["BEVOEGD GEZAG NUMMER"], code, f"{code}00", name), strict=True))
        return {**head, **self._address(place), **self._more(name), **own}

    def _own(self, column: str, name: str) -> str:
        if column != "ONDERWIJSSTRUCTUUR":
            return "Regionaal opleidingencentrum"
        promised = next((structure for part, structure in PROMISED.items() if part in name.lower()), "")
        return promised or self.chance.choice(STRUCTURES)

    def _address(self, place: tuple[str, ...]) -> Row:
        _, name, municipality, number, postcode = place
        letters = "".join(self.chance.choices("ABCDEGHJKLMNPRTVWXZ", k=2))
        street = self.chance.choice(self.names["streets"])
        house = str(self.chance.randint(1, 180))
        cells = (street, house, f"{postcode}{self.chance.randint(10, 99)} {letters}", name.upper(), number, municipality.upper())
        return dict(zip(ADDRESS, cells, strict=True))

    def _more(self, name: str) -> Row:
        return dict(zip(MORE, (self.chance.choice(DENOMINATIONS), "", f"www.{slugify(name)}.example"), strict=True))

    def _name(self, kind: str, place: str) -> str:
        """A name that no other school of the same place has, if chance finds one soon."""
        name = ""
        for _ in range(20):
            parts = {part: self.chance.choice(self.names[part]) for part in ("nature", "before", "after")}
            name = self.chance.choice(self.names[kind]).format(**parts)
            if (name, place) not in self.given:
                break
        self.given.add((name, place))
        return name
