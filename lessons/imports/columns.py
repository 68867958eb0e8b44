"""The columns of the table: how each reads a cell, shows a lesson's value and puts a value into a lesson."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lessons.enums import Audience
from lessons.imports import cells, richtext
from lessons.imports.cells import Cell, CellError
from lessons.imports.concepts import ConceptNames
from lessons.imports.content import LessonContent
from lessons.imports.links import Links, anchor
from lessons.models import CurriculumLink, LessonPage
from portal.vocabulary.enums import Scheme

AUDIENCES = {
    Audience.PUPIL: ("leerling", "leerlingen", "pupil"),
    Audience.TEACHER: ("docent", "docenten", "leraar", "leraren", "leerkracht", "leerkrachten", "teacher"),
}
GOAL_START = re.compile(r"(?P<code>[^:]{1,80}?)\s*:\s*(?P<why>.*)", re.S)
GOAL_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
MAX_LINES = 60


@dataclass(frozen=True, slots=True)
class Lookup:
    """What columns ask while they read and show."""

    names: ConceptNames
    links: Links


@dataclass(frozen=True)
class Column:
    """A column of the template. `header` is its name there, `aliases` are other names it is known by; both are part of the file
    format and so are Dutch whatever the language of the screen. `help` says to people what to write."""

    header: str
    field: str
    help: str | Promise
    example: str = ""
    aliases: tuple[str, ...] = ()

    # The vocabulary that the sheet "Codes" lists for this column.
    scheme = ""

    def read(self, cell: Cell, lookup: Lookup) -> Any:
        """The value of a cell, in the form of `LessonContent`. Raises CellError."""
        raise NotImplementedError

    def of(self, content: LessonContent) -> Any:
        """The value of a lesson."""
        return content.data.get(self.field)

    def show(self, value: Any, lookup: Lookup) -> str | int | date | None:
        """A value as a cell shows it; values that show alike are alike."""
        raise NotImplementedError

    def put(self, content: LessonContent, value: Any, lookup: Lookup) -> None:
        """Give a lesson this value. Raises CellError when it does not fit this lesson."""
        content.data[self.field] = value


@dataclass(frozen=True)
class TextColumn(Column):
    """One line of text."""

    def read(self, cell: Cell, lookup: Lookup) -> str:
        return checked(self.field, cells.line(cell))

    def show(self, value: Any, lookup: Lookup) -> str:
        return " ".join(cells.plain(value).split("\n"))


@dataclass(frozen=True)
class LongTextColumn(Column):
    """Text with line breaks."""

    def read(self, cell: Cell, lookup: Lookup) -> str:
        return checked(self.field, "\n".join(line.rstrip() for line in cells.text(cell).split("\n")))

    def show(self, value: Any, lookup: Lookup) -> str:
        return "\n".join(line.rstrip() for line in cells.plain(value).split("\n"))


@dataclass(frozen=True)
class NumberColumn(Column):
    def read(self, cell: Cell, lookup: Lookup) -> int | None:
        value = cells.whole_number(cell)
        return value if value is None else checked(self.field, value)

    def show(self, value: Any, lookup: Lookup) -> int | None:
        return value


@dataclass(frozen=True)
class DateColumn(Column):
    def read(self, cell: Cell, lookup: Lookup) -> str | None:
        value = cells.day(cell)
        return value.isoformat() if value else None

    def show(self, value: Any, lookup: Lookup) -> date | None:
        return date.fromisoformat(str(value)[:10]) if value else None


@dataclass(frozen=True)
class YesNoColumn(Column):
    def read(self, cell: Cell, lookup: Lookup) -> bool:
        return cells.yes_or_no(cell)

    def show(self, value: Any, lookup: Lookup) -> str:
        return "ja" if value else "nee"


@dataclass(frozen=True)
class AddressColumn(Column):
    """A web address; the scheme may be left out."""

    def read(self, cell: Cell, lookup: Lookup) -> str:
        value = cells.line(cell)
        if not value:
            return ""
        return checked(self.field, lookup.links.elsewhere(value if "://" in value else f"https://{value}"))

    def show(self, value: Any, lookup: Lookup) -> str:
        return cells.plain(value)


@dataclass(frozen=True)
class ConceptsColumn(Column):
    """Concepts of one scheme, in no order."""

    scheme: Scheme = Scheme.TOPIC

    def read(self, cell: Cell, lookup: Lookup) -> list[int]:
        return lookup.names.many(self.scheme, cells.text(cell))

    def of(self, content: LessonContent) -> list[int]:
        return content.data.get(self.field) or []

    def show(self, value: Sequence[int], lookup: Lookup) -> str:
        found = (lookup.names.words.by_id(key) for key in value)
        concepts = sorted((concept for concept in found if concept), key=lambda concept: concept.position)
        return "; ".join(concept.code for concept in concepts)

    def put(self, content: LessonContent, value: list[int], lookup: Lookup) -> None:
        lookup.names.refuse_retired(value, self.of(content))
        super().put(content, value, lookup)


@dataclass(frozen=True)
class ConceptColumn(Column):
    """One concept of a scheme, or none."""

    scheme: Scheme = Scheme.LICENCE

    def read(self, cell: Cell, lookup: Lookup) -> int | None:
        value = cells.line(cell)
        return lookup.names.one(self.scheme, value).pk if value else None

    def show(self, value: int | None, lookup: Lookup) -> str:
        concept = lookup.names.words.by_id(value)
        return concept.code if concept else ""

    def put(self, content: LessonContent, value: int | None, lookup: Lookup) -> None:
        lookup.names.refuse_retired([value] if value else [], [self.of(content)])
        super().put(content, value, lookup)


@dataclass(frozen=True)
class RichTextColumn(Column):
    """Text with lists, headings and links."""

    def read(self, cell: Cell, lookup: Lookup) -> str:
        return stored_rich_text(cells.text(cell), lookup)

    def show(self, value: Any, lookup: Lookup) -> str:
        return shown_rich_text(value or "", lookup)


@dataclass(frozen=True)
class MaterialsColumn(Column):
    """Material, one piece a line: title | address | for whom."""

    def read(self, cell: Cell, lookup: Lookup) -> list[dict[str, Any]]:
        return [self._piece(line, lookup) for line in few(cells.lines(cell))]

    def of(self, content: LessonContent) -> list[dict[str, Any]]:
        return content.data["materials"]

    def show(self, value: Iterable[dict[str, Any]], lookup: Lookup) -> str:
        return "\n".join(self._line(block["type"], block["value"]) for block in value)

    def _line(self, kind: str, piece: dict[str, Any]) -> str:
        address = f"document {piece['document']}" if kind == "document" else piece["url"]
        audience = AUDIENCES[Audience(piece.get("audience") or Audience.PUPIL)][0]
        return f"{cells.plain(piece['title'])} | {address} | {audience}"

    def _piece(self, line: str, lookup: Lookup) -> dict[str, Any]:
        parts = [part.strip() for part in line.split("|")]
        audience = next((one for one, names in AUDIENCES.items() if parts[-1].casefold() in names), None)
        if audience:
            parts.pop()
        if len(parts) != 2 or not all(parts):
            raise CellError(
                _("“%(value)s”: write a title, an address and for whom, such as: Kaart van de buurt | https://… | docent")
                % {"value": cells.shortened(line)}
            )
        title, address = parts
        stored = lookup.links.stored(address)
        kind = "document" if stored.startswith("document:") else "link"
        if kind == "document":
            value = {"title": title, "document": int(stored.partition(":")[2])}
        else:
            value = {"title": title, "url": lookup.links.elsewhere(address)}
        field = LessonPage._meta.get_field("materials")
        for name, child in field.stream_block.child_blocks[kind].child_blocks.items():
            if name in ("title", "url"):
                clean_block(child, value[name])
        return block(kind, {**value, "audience": str(audience or Audience.PUPIL)})


@dataclass(frozen=True)
class CurriculumColumn(Column):
    """Goals of the curriculum, one a line: code: why."""

    scheme = Scheme.CURRICULUM

    def read(self, cell: Cell, lookup: Lookup) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for line in few(cells.lines(cell)):
            match = GOAL_START.fullmatch(line)
            known = match and (GOAL_CODE.fullmatch(match["code"].lower()) or lookup.names.knows(self.scheme, match["code"]))
            if match and known:
                concept = lookup.names.one(self.scheme, match["code"])
                found.append({"concept": concept.pk, "why": match["why"].strip()})
            elif found:
                found[-1]["why"] = f"{found[-1]['why']} {line}"
            else:
                raise CellError(
                    _("“%(value)s”: write the code of a goal, a colon and how the lesson works on it.")
                    % {"value": cells.shortened(line)}
                )
        for goal in found:
            if not goal["why"]:
                raise CellError(_("Write behind each goal how the lesson works on it."))
            checked("why", goal["why"], CurriculumLink)
        return found

    def of(self, content: LessonContent) -> list[dict[str, Any]]:
        rows = sorted(content.data.get(self.field) or [], key=lambda row: row.get("sort_order") or 0)
        return [{"concept": row["concept"], "why": row["why"]} for row in rows]

    def show(self, value: Iterable[dict[str, Any]], lookup: Lookup) -> str:
        lines = []
        for goal in value:
            concept = lookup.names.words.by_id(goal["concept"])
            if concept:
                lines.append(f"{concept.code}: {' '.join(cells.plain(goal['why']).split())}")
        return "\n".join(lines)

    def put(self, content: LessonContent, value: list[dict[str, Any]], lookup: Lookup) -> None:
        lookup.names.refuse_retired([goal["concept"] for goal in value], [goal["concept"] for goal in self.of(content)])
        content.data[self.field] = [{"pk": None, "sort_order": number, "page": None, **goal} for number, goal in enumerate(value)]


def checked(name: str, value: Any, model: type[Any] = LessonPage) -> Any:
    """The value when the field of the model takes it. Raises CellError."""
    field: Field[Any, Any] = model._meta.get_field(name)
    limit = getattr(field, "max_length", None)
    if isinstance(value, str) and limit and len(value) > limit:
        raise CellError(_("This text is longer than %(number)s characters.") % {"number": limit})
    if value not in ("", None):
        try:
            field.run_validators(value)
        except ValidationError as error:
            raise CellError(" ".join(error.messages)) from error
    return value


def clean_block(child: Any, value: Any) -> Any:
    """The value when the field block takes it. Raises CellError."""
    try:
        return child.clean(value)
    except ValidationError as error:
        raise CellError(" ".join(error.messages)) from error


def block(kind: str, value: Any) -> dict[str, Any]:
    """A block of a stream as Wagtail stores it."""
    return {"type": kind, "value": value, "id": str(uuid4())}


def few(lines: list[str]) -> list[str]:
    """The lines, when they are not too many. Raises CellError."""
    if len(lines) > MAX_LINES:
        raise CellError(_("These are more than %(number)s.") % {"number": MAX_LINES})
    return lines


def stored_rich_text(text: str, lookup: Lookup) -> str:
    """The rich text that the text of a cell stands for. Raises CellError for a link that leads nowhere."""
    blocks = richtext.from_text(text)
    hrefs = {run.href for one in blocks for run in one.runs if run.href}
    stored = {href: lookup.links.stored(href) for href in hrefs}
    return richtext.to_html(blocks, lambda href: anchor(stored[href]))


def shown_rich_text(source: str, lookup: Lookup) -> str:
    """The text of a cell for this rich text."""
    blocks = richtext.from_html(source)
    return richtext.to_text(
        richtext.Block(one.kind, tuple(run._replace(href=lookup.links.shown(run.href)) for run in one.runs), one.depth)
        for one in blocks
    )
