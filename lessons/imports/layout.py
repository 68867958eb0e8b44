"""The template: which columns there are, what they are called and what to write in them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lessons.imports.cells import Cell, TableError, is_empty, shortened
from lessons.imports.columns import (
    AddressColumn,
    Column,
    ConceptColumn,
    ConceptsColumn,
    CurriculumColumn,
    DateColumn,
    LongTextColumn,
    MaterialsColumn,
    NumberColumn,
    RichTextColumn,
    TextColumn,
    YesNoColumn,
)
from lessons.imports.steps import StepColumn
from portal.vocabulary.enums import Scheme

STEPS = 8
MAX_STEPS = 30
MAX_COLUMNS = 200
HEADING_ROWS = 10
STEP = re.compile(r"(?:les)?stap(\d{1,2})")
MANY = gettext_lazy("Codes or names from the sheet “Codes”, separated by semicolons.")

TITLE = TextColumn(
    "Titel", "title", gettext_lazy("The name of the lesson. Compulsory."), "Wat zit er in onze prullenbak?", ("naam", "les")
)
SLUG = TextColumn(
    "Slug",
    "slug",
    gettext_lazy(
        "The last part of the web address. It says which lesson a row is about; left empty, it is made from the title. "
        "It does not change an address."
    ),
    "wat-zit-er-in-onze-prullenbak",
    ("sleutel", "webadres"),
)
STEP_HELP = gettext_lazy(
    "A step in one cell. First line: phase, minutes and title. Then what happens. Lines that begin with “Vraag:” or “Tip:” "
    "become a question for the pupils or a tip. [afbeelding 1a2b3c4d] keeps a picture; new ones are added in the editor."
)
STEP_EXAMPLE = (
    "Start, 10 minuten: Raden en wegen\nLaat de leerlingen raden hoeveel er in de bak zit.\n"
    "Vraag: Welk afval zie je het meest?\nTip: Weeg eerst de lege emmer."
)

COLUMNS: tuple[Column, ...] = (
    TITLE,
    SLUG,
    LongTextColumn(
        "Samenvatting",
        "summary",
        gettext_lazy("One or two sentences, at most 300 characters. Needed for publication."),
        "Leerlingen wegen het afval van één schooldag en bedenken wat morgen minder kan.",
        ("inleiding", "beschrijving"),
    ),
    LongTextColumn(
        "Lesdoel",
        "goal",
        gettext_lazy("What pupils know or can do afterwards."),
        "De leerlingen noemen twee manieren om …",
        ("doel", "leerdoel"),
    ),
    ConceptsColumn("Sectoren", "sectors", MANY, "po; sbo", ("sector", "onderwijssector"), Scheme.SECTOR),
    ConceptsColumn(
        "Groepen en leerjaren",
        "grades",
        MANY,
        "Groep 5; Groep 6",
        ("groep", "groepen", "leerjaar", "leerjaren", "groep of leerjaar"),
        Scheme.GRADE,
    ),
    ConceptsColumn(
        "Vakken", "subjects", MANY, "milieu; rekenen-en-wiskunde", ("vak", "vakgebied", "vakgebieden"), Scheme.SUBJECT
    ),
    NumberColumn("Minuten", "minutes", gettext_lazy("A number from 5 to 6000."), "60", ("duur", "tijdsduur", "lesduur")),
    TextColumn(
        "Over de tijd",
        "minutes_note",
        gettext_lazy("Such as: or twice 30 minutes."),
        "of twee keer 30 minuten",
        ("toelichting tijd",),
    ),
    RichTextColumn(
        "Voorbereiding",
        "preparation",
        gettext_lazy(
            "Text. An empty line begins a paragraph, • or 1. begins an item of a list, **bold**, *italic*, ## heading, "
            "[words](https://…) for a link."
        ),
        "• Vraag de conciërge om de prullenbakken te laten staan.\n• Leg een weegschaal klaar.",
    ),
    ConceptsColumn("Plaats", "places", MANY, "in-de-klas", ("plaatsen", "locatie", "waar"), Scheme.PLACE),
    TextColumn("Groepsgrootte", "group_size", gettext_lazy("A few words."), "hele klas, in groepjes van vier"),
    TextColumn("Kosten", "cost", gettext_lazy("A few words."), "gratis", ("kost", "prijs")),
    LongTextColumn(
        "Benodigdheden",
        "needs",
        gettext_lazy("One thing a line."),
        "keukenweegschaal\nhandschoenen",
        ("wat heb je nodig", "nodig"),
    ),
    *(StepColumn(f"Stap {number}", "steps", STEP_HELP, STEP_EXAMPLE, index=number - 1) for number in range(1, STEPS + 1)),
    MaterialsColumn(
        "Materiaal",
        "materials",
        gettext_lazy("One piece a line: title | web address, or “document” and its number | leerling or docent."),
        "Kaart van de buurt | https://www.example.org/kaart | docent",
        ("materialen", "links"),
    ),
    CurriculumColumn(
        "Kerndoelen",
        "curriculum",
        gettext_lazy("One goal a line: code: how the lesson works on it."),
        "po-2006-39: De leerlingen meten hun eigen afval en kiezen wat anders kan.",
        ("kerndoel", "curriculum", "leerplan"),
    ),
    ConceptsColumn(
        "WSA-domeinen",
        "wsa",
        gettext_lazy("Codes or names from the sheet “Codes”. Needed for publication."),
        "curriculum; gebouw-bedrijfsvoering",
        ("domein", "domeinen", "whole school approach"),
        Scheme.WSA,
    ),
    ConceptsColumn(
        "Thema's SDG 4.7",
        "sdg47",
        gettext_lazy("Codes or names from the sheet “Codes”. Needed for publication."),
        "duurzame-levenswijzen",
        ("thema", "thema's", "sdg 4.7", "thema's van sdg 4.7"),
        Scheme.SDG47,
    ),
    ConceptsColumn("SDG's", "sdgs", MANY, "SDG12", ("sdg", "werelddoelen", "duurzame ontwikkelingsdoelen"), Scheme.SDG),
    ConceptsColumn("Onderwerpen", "topics", MANY, "afval; afvalpreventie", ("onderwerp", "trefwoorden"), Scheme.TOPIC),
    ConceptsColumn("GreenComp", "greencomp", MANY, "2.1", ("greencomp-competenties",), Scheme.GREENCOMP),
    ConceptsColumn(
        "Soort materiaal", "materials_kinds", MANY, "open-opdracht", ("materiaalsoort", "soorten materiaal"), Scheme.MATERIAL
    ),
    ConceptsColumn("Taal", "languages", MANY, "nl", ("talen",), Scheme.LANGUAGE),
    ConceptColumn(
        "Licentie", "licence", gettext_lazy("One code or name from the sheet “Codes”."), "cc-by-40", (), Scheme.LICENCE
    ),
    TextColumn("Maker", "maker", gettext_lazy("Who made the lesson."), "Basisschool De Linde", ("auteur", "makers")),
    AddressColumn(
        "Bron", "source_url", gettext_lazy("The web address of the original."), "https://www.example.org/les", ("url", "website")
    ),
    YesNoColumn(
        "Staat elders",
        "elsewhere",
        gettext_lazy("“ja” when the lesson itself stands at the address of the original."),
        "nee",
        ("elders",),
    ),
    DateColumn("Gecontroleerd op", "checked_on", gettext_lazy("A date, such as 5-11-2026."), "5-11-2026", ("gecontroleerd",)),
    DateColumn(
        "Controleren op", "review_on", gettext_lazy("When the lesson has to be checked again."), "5-11-2027", ("herzien op",)
    ),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table: where it stands, the column at each position, and names that mean nothing here."""

    row: int
    columns: tuple[Column | None, ...]
    unknown: tuple[str, ...]


def name_key(name: str) -> str:
    """A name of a column without capitals, accents, space and signs."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum() and letter.isascii())


BY_NAME = {
    name_key(name): column
    for column in COLUMNS
    for name in (column.header, *column.aliases, *([] if isinstance(column, StepColumn) else [column.field]))
}


def column_named(name: Cell) -> Column | None:
    """The column that a cell of the heading names; steps go on behind those of the template."""
    if not isinstance(name, str):
        return None
    key = name_key(name[:200])
    step = STEP.fullmatch(key)
    if step and 1 <= int(step[1]) <= MAX_STEPS:
        return step_column(int(step[1]))
    return BY_NAME.get(key)


def step_column(number: int) -> Column:
    """The column of a step, from 1."""
    first = BY_NAME[name_key("Stap 1")]
    return replace(first, header=f"Stap {number}", index=number - 1) if isinstance(first, StepColumn) else first


def known_names(cells: Sequence[Cell]) -> int:
    """How many cells of a row name a column."""
    return sum(column_named(cell) is not None for cell in cells[:MAX_COLUMNS])


def read_heading(row: int, cells: Sequence[Cell]) -> Heading | None:
    """The heading that this row is, or None when it names no title. Raises TableError for one too wide or with a column twice."""
    columns = tuple(column_named(cell) for cell in cells[:MAX_COLUMNS])
    if TITLE not in columns:
        return None
    if any(not is_empty(cell) for cell in cells[MAX_COLUMNS:]):
        raise TableError(_("This table has more than %(number)s columns.") % {"number": MAX_COLUMNS})
    named = [column for column in columns if column]
    twice = next((column.header for column in named if named.count(column) > 1), "")
    if twice:
        raise TableError(_("The column “%(column)s” stands twice in the heading.") % {"column": twice})
    unknown = tuple(
        shortened(cell) for cell, column in zip(cells, columns, strict=False) if column is None and not is_empty(cell)
    )
    return Heading(row, columns, unknown)


# Field → header, to name in messages what a model asks for.
HEADER_OF_FIELD = {column.field: column.header for column in COLUMNS if not isinstance(column, StepColumn)} | {"steps": "Stap 1"}
