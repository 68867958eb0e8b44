"""The official wording of the kerndoelen, from the open data of SLO (opendata.slo.nl, dataset curriculum-kerndoelen)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from portal.characters import REFUSED
from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept
from portal.vocabulary.rows import MAX_ROWS, MAX_TEXT, UnreadableFileError, read_json
from portal.vocabulary.signals import announce


@dataclass(frozen=True, slots=True)
class Kerndoel:
    """One entry of SLO's file: its identifier, its number in words (`PO Kerndoel 39`) and its wording."""

    identifier: str
    notation: str
    text: str


@dataclass(frozen=True, slots=True)
class Worded:
    """How many concepts the file words and how many of those it changed; the notations that no concept answers to."""

    matched: int
    changed: int
    unmatched: tuple[str, ...]


def read_kerndoelen(path: Path) -> list[Kerndoel]:
    """The entries of SLO's file: a list of objects, or an object with such a list under `kerndoel` or under any key.

    An entry has `id` or `uuid`, `prefix` ("PO Kerndoel 39: Milieu"), `title` and `description`. One of the last two is the
    statutory wording and the other a short name, not always the same one; the longer is the wording. Entries without a wording
    are skipped. Raises `UnreadableFileError`.
    """
    contents = read_json(path)
    if isinstance(contents, dict):
        contents = contents.get("kerndoel") or [
            item for entries in contents.values() if isinstance(entries, list) for item in entries
        ]
    items = contents if isinstance(contents, list) else []
    if not items:
        raise UnreadableFileError(f"{path}: no list of kerndoelen in it")
    if len(items) > MAX_ROWS:
        raise UnreadableFileError(f"{path}: more than {MAX_ROWS} entries")
    problems = [f"entry {number}: {problem}" for number, item in enumerate(items, start=1) if (problem := _problem(item))]
    if problems:
        raise UnreadableFileError(*problems)
    return [kerndoel for item in items if (kerndoel := _kerndoel(item)).text]


@transaction.atomic
def word(kerndoelen: Iterable[Kerndoel]) -> Worded:
    """Write the official wording into the curriculum's concepts, matched by identifier, else by notation."""
    concepts = list(Concept.objects.select_for_update().filter(scheme=Scheme.CURRICULUM))
    by_identifier = {_last_part(uri): concept for concept in concepts for uri in concept.uris}
    by_notation = {_normal(concept.notation): concept for concept in concepts if concept.notation}
    wording: dict[str, tuple[Concept, str]] = {}
    unmatched: list[str] = []
    for kerndoel in kerndoelen:
        concept = by_identifier.get(_last_part(kerndoel.identifier)) or by_notation.get(_normal(kerndoel.notation))
        if concept is None:
            unmatched.append(kerndoel.notation or kerndoel.identifier)
        else:
            wording.setdefault(concept.code, (concept, kerndoel.text))
    changed: list[Concept] = []
    for concept, text in wording.values():
        if concept.official_text != text:
            concept.official_text = text
            changed.append(concept)
    if changed:
        Concept.objects.bulk_update(changed, ["official_text"], batch_size=200)
        announce({concept.pk for concept in changed})
    return Worded(matched=len(wording), changed=len(changed), unmatched=tuple(unmatched))


def _problem(item: object) -> str:
    if not isinstance(item, Mapping):
        return "not an object with keys and values"
    for key in ("id", "uuid", "prefix", "title", "description"):
        value = item.get(key)
        if value is None:
            continue
        if not isinstance(value, str):
            return f"{key} is not a text"
        if len(value) > MAX_TEXT:
            return f"{key} is longer than {MAX_TEXT} characters"
        if REFUSED.search(value):
            return f"{key} holds a control character"
    return ""


def _kerndoel(item: Mapping[str, str | None]) -> Kerndoel:
    texts = ((item.get(key) or "").strip() for key in ("title", "description"))
    return Kerndoel(
        identifier=item.get("uuid") or item.get("id") or "",
        notation=(item.get("prefix") or "").partition(":")[0].strip(),
        text=max(texts, key=len),
    )


def _last_part(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2].lower()


def _normal(notation: str) -> str:
    """Notations as they are compared: "PO Kerndoel 1" and "po kerndoel 01" are the same."""
    return re.sub(r"\b0+(?=\d)", "", " ".join(notation.lower().split()))
