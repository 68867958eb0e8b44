"""A step of a lesson in one cell: a heading line, then what happens.

    Start, 10 minuten: Raden en wegen
    Laat de leerlingen raden hoeveel er in de bak zit.
    Vraag: Welk afval zie je het meest?
    Tip: Weeg eerst de lege emmer.

Pictures and films stand as `[afbeelding 1a2b3c4d]`: they can be kept, moved and taken out, but are added in the editor.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lessons.blocks.steps import LessonStepBlock
from lessons.enums import Phase
from lessons.imports import cells
from lessons.imports.cells import Cell, CellError
from lessons.imports.columns import Column, Lookup, block, clean_block, shown_rich_text, stored_rich_text
from lessons.imports.content import SHORT, LessonContent

# The words of the file format, whatever the language of the screen.
PHASES = {
    Phase.START: ("Start", "begin", "introductie", "inleiding"),
    Phase.INSTRUCTION: ("Uitleg", "instructie"),
    Phase.WORK: ("Aan de slag", "werk", "aan het werk", "verwerking", "kern"),
    Phase.DISCUSSION: ("Gesprek", "bespreking", "discussie"),
    Phase.CLOSING: ("Afsluiting", "afronding", "slot"),
}
PHASE_OF_WORD = {word.casefold(): phase for phase, words in PHASES.items() for word in (*words, str(phase))}
HEADING = re.compile(
    rf"(?:(?P<phase>{'|'.join(sorted(map(re.escape, PHASE_OF_WORD), key=len, reverse=True))})\s*(?:,\s*|(?=:)))?"
    r"(?:(?P<minutes>\d{1,4})\s*min(?:\.|uut|uten)?\s*)?:\s*(?P<title>.*)",
    re.IGNORECASE,
)
PART = re.compile(r"(?P<kind>vraag|tip)\s*:\s*(?P<words>.*)", re.IGNORECASE)
PARTS = {"vraag": "question", "tip": "tip"}
PICTURES = {"image": "afbeelding", "video": "video"}
KIND_OF_PICTURE = {word: kind for kind, word in PICTURES.items()}
PICTURE = re.compile(rf"\[(?P<kind>{'|'.join(KIND_OF_PICTURE)}) (?P<id>[0-9a-f-]{{{SHORT}}})\]")
STEP = LessonStepBlock()


@dataclass(frozen=True)
class StepColumn(Column):
    """The step at `index`, from 0."""

    index: int = 0

    def read(self, cell: Cell, lookup: Lookup) -> dict[str, Any] | None:
        text = cells.text(cell)
        if not text:
            return None
        first, _newline, rest = text.partition("\n")
        heading = HEADING.fullmatch(first.strip())
        parts = heading.groupdict() if heading else {"phase": None, "minutes": None, "title": first.strip()}
        phase = PHASE_OF_WORD[parts["phase"].casefold()] if parts["phase"] else Phase.WORK
        minutes = int(parts["minutes"]) if parts["minutes"] else None
        clean_block(STEP.child_blocks["title"], parts["title"])
        clean_block(STEP.child_blocks["minutes"], minutes)
        body = [one for part in _parts(rest) for one in self._blocks(part, lookup)]
        return {"phase": str(phase), "title": parts["title"], "minutes": minutes, "body": body}

    def of(self, content: LessonContent) -> dict[str, Any] | None:
        steps = content.data["steps"]
        return steps[self.index]["value"] if self.index < len(steps) and steps[self.index] else None

    def show(self, value: dict[str, Any] | None, lookup: Lookup) -> str:
        if not value:
            return ""
        minutes = f", {value['minutes']} minuten" if value.get("minutes") else ""
        heading = f"{PHASES[Phase(value.get('phase') or Phase.WORK)][0]}{minutes}: {cells.plain(value['title'])}"
        return "\n".join([heading, *self._lines(value.get("body") or [], lookup)])

    def put(self, content: LessonContent, value: dict[str, Any] | None, lookup: Lookup) -> None:
        steps = content.data["steps"]
        steps.extend([None] * (self.index + 1 - len(steps)))
        if value is not None:
            value = {**value, "body": [_kept(one, content.pictures) for one in value["body"]]}
        steps[self.index] = value and {**(steps[self.index] or block("step", {})), "value": value}

    def _blocks(self, part: str, lookup: Lookup) -> list[dict[str, Any]]:
        if picture := PICTURE.fullmatch(part):
            # Without a value: `put` finds it in the lesson.
            return [{"type": KIND_OF_PICTURE[picture["kind"]], "value": None, "id": picture["id"]}]
        if named := PART.fullmatch(part):
            kind = PARTS[named["kind"].casefold()]
            clean_block(STEP.child_blocks["body"].child_blocks[kind], named["words"])
            return [block(kind, named["words"])]
        return [block("text", words)] if (words := stored_rich_text(part, lookup)) else []

    def _lines(self, body: Iterable[dict[str, Any]], lookup: Lookup) -> list[str]:
        lines = []
        before = ""
        for one in body:
            kind, value = one["type"], one["value"]
            if kind in PICTURES:
                lines.append(f"[{PICTURES[kind]} {str(one.get('id'))[:SHORT]}]")
            elif kind == "text":
                # Two texts in a row stay apart by an empty line, as paragraphs do.
                lines += [""] * (before == "text") + [shown_rich_text(value, lookup)]
            else:
                word = next(word for word, name in PARTS.items() if name == kind).capitalize()
                lines.append(f"{word}: {' '.join(cells.plain(value).split())}")
            before = kind
        return lines


def _parts(text: str) -> list[str]:
    """The text after the heading, cut into questions, tips, pictures and what stands between them."""
    parts: list[list[str]] = [[]]
    for line in text.split("\n"):
        if PART.fullmatch(line.strip()) or PICTURE.fullmatch(line.strip()):
            parts += [[line.strip()], []]
        else:
            parts[-1].append(line)
    return [part for lines in parts if (part := "\n".join(lines).strip("\n"))]


def _kept(one: dict[str, Any], pictures: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if one["value"] is not None:
        return one
    if one["id"] not in pictures:
        raise CellError(_("This lesson has no picture or film %(id)s. Take that line out.") % {"id": one["id"]})
    return pictures[one["id"]]
