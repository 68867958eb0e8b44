"""What a board sees of its schools: flower, needs and how long they stand open. Queries do not grow with the schools."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from schools.enums import PENDING_NEEDS, NeedState
from schools.models.needs import SupportNeed
from schools.models.register import Board, School
from schools.scan.flower import Petal, flowers_of

# What counts as long, for a need that still asks for something.
LONG = timedelta(days=90)
AGES = ((timedelta(days=30), "young"), (LONG, "older"))


@dataclass(slots=True)
class SchoolRow:
    """One school of a board. `oldest` is when its oldest pending need was written down."""

    school: School
    petals: tuple[Petal, ...] = ()
    states: Counter[str] = field(default_factory=Counter)
    oldest: datetime | None = None

    @property
    def pending(self) -> int:
        """Needs that still ask for something."""
        return sum(self.states[state] for state in PENDING_NEEDS)

    @property
    def met(self) -> int:
        return self.states[NeedState.MET]

    @property
    def oldest_days(self) -> int | None:
        """How long the oldest pending need stands open, in whole days."""
        return (timezone.now() - self.oldest).days if self.oldest else None

    @property
    def scanned(self) -> bool:
        """Whether the school ever filled the scan."""
        return any(petal.share is not None for petal in self.petals)


@dataclass(frozen=True, slots=True)
class Summary:
    """All schools of a board together; `ages` counts pending needs up to 30 days, up to 90, and longer."""

    schools: int
    scanned: int
    pending: int
    met: int
    ages: tuple[int, int, int]


def school_rows(board: Board) -> list[SchoolRow]:
    """The open schools of a board by name. Three queries, and those of the vocabulary."""
    schools = list(School.objects.open().filter(board=board))
    flowers = flowers_of([school.pk for school in schools])
    rows = {school.pk: SchoolRow(school, flowers[school.pk]) for school in schools}
    for pk, state, created_at in needs_of(board).values_list("school", "state", "created_at"):
        row = rows[pk]
        row.states[state] += 1
        if state in PENDING_NEEDS and (row.oldest is None or created_at < row.oldest):
            row.oldest = created_at
    return list(rows.values())


def needs_of(board: Board) -> Any:
    """The needs of the open schools of a board."""
    return SupportNeed.objects.filter(school__in=School.objects.open().filter(board=board))


def summary(board: Board, rows: Sequence[SchoolRow]) -> Summary:
    """The rows in one line. One query."""
    moments = needs_of(board).pending().values_list("created_at", flat=True)
    return Summary(
        schools=len(rows),
        scanned=sum(row.scanned for row in rows),
        pending=sum(row.pending for row in rows),
        met=sum(row.met for row in rows),
        ages=_ages(moments),
    )


def _ages(moments: Iterable[datetime]) -> tuple[int, int, int]:
    now = timezone.now()
    counts = Counter(next((name for limit, name in AGES if now - moment <= limit), "old") for moment in moments)
    return counts["young"], counts["older"], counts["old"]
