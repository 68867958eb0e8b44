"""What an import would do: the files compared with the register as it stands, row by row, before anything is written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from schools.enums import Status
from schools.models.register import MAIN_LOCATION, Board, School
from schools.register.columns import KIND_OF_SECTOR, Kind
from schools.register.reading import RegisterFileError
from schools.register.rows import Facts, Source, kinds_in

PROGRESS_EVERY = 2_500
# A file that would close more than this is taken for a part of the register.
CLOSING_SHARE = 0.1
CLOSING_FREE = 20


class Outcome(StrEnum):
    """What happens to one board or school."""

    NEW = "new"
    CHANGED = "changed"
    CLOSED = "closed"
    UNCHANGED = "unchanged"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class RowReport:
    """What one row does, or what is wrong with it. Row 0 of no file: what the files are silent about."""

    file: str
    row: int
    key: str
    name: str
    outcome: Outcome
    changes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """Every report, and what is to be written: whole rows by number or code, and the sectors of schools."""

    reports: list[RowReport] = field(default_factory=list)
    boards: dict[str, Board] = field(default_factory=dict)
    schools: dict[str, School] = field(default_factory=dict)
    # Code of a school → codes of its sectors, and code → number of its board; of the schools that are written.
    sectors: dict[str, frozenset[str]] = field(default_factory=dict)
    board_of: dict[str, str] = field(default_factory=dict)
    # The model fields, by attribute name, that a file has a column for. What others hold is not ours to write: the desk may have
    # filled them in since the register was read.
    columns: set[str] = field(default_factory=set)

    def count(self, outcome: Outcome) -> int:
        """How many boards and schools share this outcome."""
        return sum(report.outcome == outcome for report in self.reports)


def plan(
    sources: Iterable[Source],
    *,
    today: date,
    progress: Callable[[str], None],
    complete: bool = True,
    allow_closing: bool = False,
) -> Plan:
    """What importing these files would do. What left the register is closed as of `today`, in the kinds of the files alone and
    only when these are `complete`.

    Raises RegisterFileError for a file that breaks off, and for one that would close many schools unless `allow_closing`.
    """
    planner = _Planner(today)
    read: list[Source] = list(sources)
    boards, schools = _merged(read, progress, planner.plan)
    if planner.plan.count(Outcome.ERROR):
        return planner.plan
    planner.plan.columns.update(name for facts in (*boards.values(), *schools.values()) for name in facts.values)
    planner.boards(boards, schools)
    planner.schools(schools, scope=_scope(read, schools) if complete else {}, allow_closing=allow_closing)
    if complete and any(source.kind == Kind.BOARDS for source in read):
        planner.close_boards(boards)
    return planner.plan


def _merged(sources: list[Source], progress: Callable[[str], None], plan: Plan) -> tuple[dict[str, Facts], dict[str, Facts]]:
    """Boards by number, schools by code. A school in files of two kinds has the sectors of both; two rows of one kind that
    contradict each other are wrong."""
    found: tuple[dict[str, Facts], dict[str, Facts]] = ({}, {})
    for source in sources:
        mine = found[source.kind != Kind.BOARDS]
        for count, facts in enumerate(source.facts(), 1):
            problems = facts.problems
            before = mine.get(facts.key) if not problems else None
            if before is not None and kinds_in(before) & kinds_in(facts) and _differ(before, facts):
                place = {"key": facts.key, "row": before.row, "file": before.file}
                problems = (_("%(key)s stands in row %(row)s of %(file)s too, with other facts.") % place,)
            if problems:
                name = str(facts.values.get("name", ""))
                plan.reports.append(RowReport(facts.file, facts.row, facts.key, name, Outcome.ERROR, (), problems))
            elif before is None:
                mine[facts.key] = facts
            else:
                mine[facts.key] = _joined(before, facts)
            if count % PROGRESS_EVERY == 0:
                progress(_("%(file)s: %(count)s rows read") % {"file": source.table.name, "count": count})
    return found


def _differ(one: Facts, other: Facts) -> bool:
    shared = one.values.keys() & other.values.keys()
    return one.board != other.board or any(one.values[name] != other.values[name] for name in shared)


def _joined(one: Facts, other: Facts) -> Facts:
    values = {**other.values, **one.values}
    return Facts(one.file, one.row, one.key, values, one.board, one.sectors | other.sectors, (), one.notes + other.notes)


def _scope(sources: Iterable[Source], schools: Mapping[str, Facts]) -> dict[Kind, bool]:
    """The kinds these files speak for → whether they name every location, or the main ones alone."""
    scope: dict[Kind, bool] = {}
    for source in sources:
        if source.kind != Kind.BOARDS:
            scope[source.kind] = scope.get(source.kind, False) or source.every_location
    complete = any(scope.values())
    for facts in schools.values():
        for kind in kinds_in(facts):
            scope.setdefault(kind, complete)
    return scope


class _Planner:
    def __init__(self, today: date) -> None:
        self.today = today
        self.plan = Plan()
        self.known_boards = {board.number: board for board in Board.objects.all()}
        self.known_schools = {school.code: school for school in School.objects.all()}
        self.labels = {concept.code: concept.pk for concept in vocabulary().scheme(Scheme.SECTOR, retired=True)}
        if not self.labels:
            raise RegisterFileError(_("Load the vocabulary first: manage.py load_vocabulary."))
        codes = {pk: code for code, pk in self.labels.items()}
        pairs = School.sectors.through.objects.values_list("school__code", "concept_id")
        self.known_sectors: dict[str, set[str]] = {}
        for code, pk in pairs:
            self.known_sectors.setdefault(code, set()).add(codes[pk])
        self.numbers = {board.pk: board.number for board in self.known_boards.values()}

    def boards(self, found: Mapping[str, Facts], schools: Mapping[str, Facts]) -> None:
        """Plan the boards; those named by schools alone are made without a name."""
        needed = {facts.board: facts for facts in schools.values()}
        for number, facts in found.items():
            board, changes = _changed(self.known_boards.get(number), Board(number=number), facts.values)
            self._report(facts, str(board), self.known_boards.get(number), changes)
            if changes:
                self.plan.boards[number] = board
        for number, facts in needed.items():
            if number in found or number in self.known_boards:
                continue
            self.plan.boards[number] = Board(number=number)
            remark = _("The name comes with the file of boards.")
            self.plan.reports.append(RowReport(facts.file, facts.row, number, "", Outcome.NEW, (), (remark,)))

    def close_boards(self, found: Mapping[str, Facts]) -> None:
        """Close the boards that left the register and have no open school, once the schools are planned: a board may leave
        together with its last one."""
        schools = {**self.known_schools, **self.plan.schools}
        in_use = {
            self.plan.board_of.get(code) or self.numbers[school.board_id] for code, school in schools.items() if school.is_open
        }
        for number in self.known_boards.keys() - found.keys() - in_use:
            if self.known_boards[number].is_open:
                self.plan.boards[number] = self._closed(self.known_boards[number], number)

    def schools(self, found: Mapping[str, Facts], *, scope: Mapping[Kind, bool], allow_closing: bool) -> None:
        """Plan the schools; `scope` is which kinds these files speak for."""
        for code, facts in found.items():
            known = self.known_schools.get(code)
            before = self.known_sectors.get(code, set())
            sectors = facts.sectors | {sector for sector in before if KIND_OF_SECTOR.get(sector) not in kinds_in(facts)}
            school, changes = _changed(known, School(code=code), facts.values)
            if known is None or self.numbers[known.board_id] != facts.board:
                changes.append("board")
            if sectors != before:
                changes.append("sectors")
            self._report(facts, str(school), known, changes)
            if changes:
                self._write(school, sectors, facts.board)
        gone = {code: school for code, school in self.known_schools.items() if code not in found and school.is_open}
        self._leave(gone, scope, allow_closing)

    def _leave(self, gone: Mapping[str, School], scope: Mapping[Kind, bool], allow_closing: bool) -> None:
        """Schools that these files should have named: they lose the sectors of these kinds, and are closed when none is left."""
        closing: list[str] = []
        for code, school in gone.items():
            before = self.known_sectors.get(code, set())
            kinds = {kind for kind, complete in scope.items() if complete or code.endswith(MAIN_LOCATION)}
            left = {sector for sector in before if KIND_OF_SECTOR.get(sector) not in kinds}
            if left == before:
                continue
            if not left:
                closing.append(code)
                continue
            self._write(_copy(school), frozenset(left), self.numbers[school.board_id])
            self.plan.reports.append(RowReport("", 0, code, str(school), Outcome.CHANGED, ("sectors",)))
        share = sum(1 for school in self.known_schools.values() if school.is_open) * CLOSING_SHARE
        if len(closing) > max(CLOSING_FREE, share) and not allow_closing:
            raise RegisterFileError(
                _("These files would close %(number)s schools: are they a part of the register? If not, add --allow-closing.")
                % {"number": len(closing)}
            )
        for code in closing:
            school = self.known_schools[code]
            self._write(self._closed(school, code), frozenset(self.known_sectors[code]), self.numbers[school.board_id])

    def _closed(self, known: Any, key: str) -> Any:
        entry = _copy(known)
        entry.status, entry.closed_on = Status.CLOSED, self.today
        self.plan.reports.append(RowReport("", 0, key, str(known), Outcome.CLOSED))
        return entry

    def _write(self, school: School, sectors: frozenset[str], board: str) -> None:
        self.plan.schools[school.code] = school
        self.plan.sectors[school.code] = sectors
        self.plan.board_of[school.code] = board

    def _report(self, facts: Facts, name: str, known: Any, changes: list[str]) -> None:
        outcome = Outcome.NEW if known is None else Outcome.CHANGED if changes else Outcome.UNCHANGED
        shown = tuple(changes) if outcome == Outcome.CHANGED else ()
        self.plan.reports.append(RowReport(facts.file, facts.row, facts.key, name, outcome, shown, facts.notes))


def _changed(known: Any, fresh: Any, values: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """A row as it is to be, and the names of the fields that change. What is in the files again is open again."""
    entry = fresh if known is None else _copy(known)
    wanted = {**values, "status": Status.OPEN, "closed_on": None}
    changes = [name for name, value in wanted.items() if getattr(entry, name) != value]
    for name in changes:
        setattr(entry, name, wanted[name])
    return entry, ["new"] if known is None else changes


def _copy(known: Any) -> Any:
    """The same row without its primary key: it is written by its code, over what stands there."""
    fields = type(known)._meta.concrete_fields
    return type(known)(**{field.attname: getattr(known, field.attname) for field in fields if not field.primary_key})
