"""An import from beginning to end: files in, a plan out, and all of it written or none."""

from collections.abc import Callable, Sequence, Set
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from schools.models.register import Board, School
from schools.register.columns import Kind
from schools.register.planning import Outcome, Plan, plan
from schools.register.reading import RegisterFileError, read_table
from schools.register.rows import Source, source

BATCH = 500
# What an import says of a board or school whatever the columns of the files, and what follows from the others.
ALWAYS = frozenset({"status", "closed_on", "board_id", "words"})


def import_register(
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    kind: Kind | None = None,
    complete: bool = True,
    allow_closing: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> Plan:
    """Import files of the register: the plan as it was carried out, or only made with `dry_run` or when a row is wrong.

    `kind` is what the files are where they do not tell; files that are not `complete` close nothing. Raises RegisterFileError
    when nothing can be made of them.
    """
    sources = [_source(path, kind) for path in paths]
    with transaction.atomic():
        made = plan(sources, today=timezone.localdate(), progress=progress, complete=complete, allow_closing=allow_closing)
        if not dry_run and not made.count(Outcome.ERROR):
            _write(made, progress)
    return made


def _source(path: Path, kind: Kind | None) -> Source:
    try:
        return source(read_table(path), kind)
    except RegisterFileError as error:
        raise RegisterFileError(f"{path.name}: {error}") from error


def _write(made: Plan, progress: Callable[[str], None]) -> None:
    _upsert(Board, list(made.boards.values()), "number", made.columns)
    boards = dict(Board.objects.filter(number__in=set(made.board_of.values())).values_list("number", "pk"))
    for code, school in made.schools.items():
        school.board_id = boards[made.board_of[code]]
    _upsert(School, list(made.schools.values()), "code", made.columns)
    _write_sectors(made)
    if made.boards or made.schools:
        progress(_("%(number)s boards and schools written") % {"number": len(made.boards) + len(made.schools)})


def _upsert(model: type[Board] | type[School], rows: list[Board] | list[School], key: str, columns: Set[str]) -> None:
    """Write rows over those with the same key; of these the other columns stay as they are by now."""
    fields = [field.name for field in model._meta.concrete_fields if field.attname in columns | ALWAYS]
    model.objects.bulk_create(rows, batch_size=BATCH, update_conflicts=True, unique_fields=[key], update_fields=fields)  # type: ignore[arg-type]


def _write_sectors(made: Plan) -> None:
    """The sectors of the schools that are written, whatever they were."""
    concepts = {concept.code: concept.pk for concept in vocabulary().scheme(Scheme.SECTOR, retired=True)}
    through = School.sectors.through
    codes = list(made.schools)
    for start in range(0, len(codes), BATCH):
        keys = dict(School.objects.filter(code__in=codes[start : start + BATCH]).values_list("code", "pk"))
        through.objects.filter(school__in=keys.values()).delete()
        through.objects.bulk_create(
            through(school_id=pk, concept_id=concepts[sector]) for code, pk in keys.items() for sector in made.sectors[code]
        )
