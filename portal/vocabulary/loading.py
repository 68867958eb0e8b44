"""Bringing the concepts of a file into the database, in as few statements as possible and none when nothing changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from portal.vocabulary.enums import Scheme, Source
from portal.vocabulary.models import Concept
from portal.vocabulary.rows import ConceptRow, UnreadableFileError
from portal.vocabulary.signals import announce

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading one scheme did, as codes; `total` counts the rows of the file."""

    total: int
    created: tuple[str, ...]
    updated: tuple[str, ...]
    retired: tuple[str, ...]
    returned: tuple[str, ...]

    def __str__(self) -> str:
        kinds = ("created", "updated", "retired", "returned")
        counts = [f"{len(getattr(self, kind))} {kind}" for kind in kinds if getattr(self, kind)]
        return f"{self.total} concepts: {', '.join(counts) or 'unchanged'}"


@transaction.atomic
def load(*, scheme: Scheme, rows: Sequence[ConceptRow], source: Source) -> Loaded:
    """Make the database say what `rows` say about a scheme; all or nothing.

    A vocabulary file is the whole of what it brings: concepts that an earlier version brought and this one lacks are retired, and
    taken back when they return. A CSV file only adds and changes, and may not touch what the vocabulary file brings. Fields that
    an editor changed (`Concept.edited`) stay as they are. Raises `UnreadableFileError` with a message for each impossible row.
    """
    known = {concept.code: concept for concept in Concept.objects.select_for_update().filter(scheme=scheme)}
    if problems := _problems(rows, known, source):
        raise UnreadableFileError(*problems)
    values = _values(rows, known, source)
    new = [Concept(scheme=scheme, code=row.code, **values[row.code]) for row in rows if row.code not in known]
    Concept.objects.bulk_create(new)
    # Only now do new concepts have a primary key that narrower ones can point at.
    concepts = known | {concept.code: concept for concept in new}
    for row in rows:
        values[row.code]["broader_id"] = concepts[row.broader].pk if row.broader else None
    vanished = {code: {"retired": True} for code in _vanished(rows, known, source)}
    changes = {code: _change(concepts[code], wanted) for code, wanted in (values | vanished).items()}
    changed = [concepts[code] for code, names in changes.items() if names]
    if changed:
        Concept.objects.bulk_update(changed, sorted(set().union(*changes.values())), batch_size=200)
    if new or changed:
        announce({concept.pk for concept in [*new, *changed]})
    touched = {code: "retired" in names for code, names in changes.items() if names and code in known}
    return Loaded(
        total=len(rows),
        created=tuple(concept.code for concept in new),
        updated=tuple(code for code, retirement in touched.items() if not retirement),
        retired=tuple(code for code, retirement in touched.items() if retirement and code in vanished),
        returned=tuple(code for code, retirement in touched.items() if retirement and code not in vanished),
    )


def _values(rows: Sequence[ConceptRow], known: Mapping[str, Concept], source: Source) -> dict[str, dict[str, object]]:
    """What each concept should hold, by code; without the broader concept, which may not have a primary key yet."""
    last = max((concept.order for concept in known.values()), default=-1)
    values: dict[str, dict[str, object]] = {}
    for place, row in enumerate(rows):
        added = known[row.code].order if row.code in known else last + 1 + place
        values[row.code] = {
            "source": source,
            "order": place if source == Source.FILE else added,
            "retired": False,
            "notation": row.notation,
            "label_nl": row.label_nl,
            "label_en": row.label_en,
            "explanation": row.explanation,
            "subject_area": row.subject_area,
            "uris": list(row.uris),
            "alt_labels": list(row.alt_labels),
            "hidden_labels": list(row.hidden_labels),
            "valid_from": row.valid_from,
            "valid_until": row.valid_until,
            "verified": row.verified,
        }
    return values


def _vanished(rows: Sequence[ConceptRow], known: Mapping[str, Concept], source: Source) -> list[str]:
    if source != Source.FILE:
        return []
    present = {row.code for row in rows}
    return [code for code, concept in known.items() if concept.source == Source.FILE and code not in present]


def _change(concept: Concept, wanted: Mapping[str, object]) -> set[str]:
    """Set what differs and return the names of those fields; what an editor changed by hand is left alone."""
    different = {name for name, value in wanted.items() if name not in concept.edited and getattr(concept, name) != value}
    for name in different:
        setattr(concept, name, wanted[name])
    return different


def _problems(rows: Sequence[ConceptRow], known: Mapping[str, Concept], source: Source) -> list[str]:
    """Why these rows cannot be loaded beside the known concepts."""
    codes = {concept.pk: code for code, concept in known.items()}
    broader = {code: codes.get(concept.broader_id or 0, "") for code, concept in known.items()}
    broader |= {row.code: row.broader for row in rows}
    problems: list[str] = []
    for row in rows:
        if row.broader and row.broader not in broader:
            problems.append(f"{row.code}: broader concept {row.broader!r:.100} does not exist")
        elif _is_circular(row.code, broader):
            problems.append(f"{row.code}: is broader than itself")
        if source == Source.CSV and row.code in known and known[row.code].source == Source.FILE:
            problems.append(f"{row.code}: comes from the vocabulary file and is changed there")
    return problems


def _is_circular(code: str, broader: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    while code:
        if code in seen:
            return True
        seen.add(code)
        code = broader.get(code, "")
    return False
