"""What stands in the plan of a school."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from schools.advisers.choosing import ShownAdviser, adviser_for
from schools.matching.finding import Match, matches
from schools.matching.from_needs import wanted_of
from schools.models import Scan, School, SupportNeed
from schools.scan.flower import Petal, petals

# More needs than these make no plan; each costs three questions to the finder.
MOST_NEEDS = 8
NEXT_STEPS = 3


@dataclass(frozen=True, slots=True)
class PlannedNeed:
    """A need, and the pages to begin with."""

    need: SupportNeed
    steps: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a school on one day. `scanned_at` is None without a finished scan; `more` counts the needs that did not fit;
    `adviser` is whom to call, if anybody."""

    school: School
    day: date
    petals: tuple[Petal, ...]
    scanned_at: datetime | None
    needs: tuple[PlannedNeed, ...]
    more: int
    adviser: ShownAdviser | None


def plan_of(school: School) -> Plan:
    """The plan of a school as it stands today."""
    scan = Scan.objects.filter(school=school).finished().first()
    pending = list(SupportNeed.objects.filter(school=school).pending().select_related("domain"))
    needs = pending[:MOST_NEEDS]
    wanted = wanted_of(needs, school)
    return Plan(
        school=school,
        day=timezone.localdate(),
        petals=petals(scan.result if scan else {}),
        scanned_at=scan.finished_at if scan else None,
        needs=tuple(
            PlannedNeed(need, tuple(matches(asked, NEXT_STEPS, school=school.pk)))
            for need, asked in zip(needs, wanted, strict=True)
        ),
        more=len(pending) - len(needs),
        adviser=adviser_for(school, domains=[one.domain for one in wanted]),
    )
