"""Scans and uses of invented schools, so that the demo has flowers and what colleagues did."""

from datetime import timedelta
from random import Random

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from portal.content.snapshot import visible
from schools.matching.enums import Verdict
from schools.matching.finding import matches
from schools.matching.from_needs import wanted_of
from schools.matching.uses import record
from schools.models import Scan, ScanStatement, School, SupportNeed
from schools.scan import services
from schools.scan.enums import Answer

SEED = 2026
# How likely each answer is at the first scan; a year later schools are a little further.
LIKELY = (Answer.NOT_YET, Answer.NOT_YET, Answer.A_LITTLE, Answer.A_LITTLE, Answer.LARGELY, Answer.COMPLETELY, Answer.UNKNOWN)
FIRST, LATEST = timedelta(days=380), timedelta(days=20)
# Needs that were looked at, and what was said of the best pages for them.
LOOKED_AT = 12
SAID = (Verdict.USED, Verdict.DONE, Verdict.USED, Verdict.NOT_USEFUL)


@transaction.atomic
def load_scans() -> tuple[int, int]:
    """Scans of the schools that have needs, most of them twice, and what some said of pages; returns how many scans and words.
    Nothing when there are scans already."""
    if Scan.objects.exists() or not ScanStatement.objects.exists():
        return 0, 0
    chance = Random(SEED)  # noqa: S311 - nothing secret is drawn
    schools = School.objects.filter(needs__isnull=False).distinct().order_by("code")
    scans = sum(_scans(school, chance) for school in schools)
    return scans, _uses(chance)


def _scans(school: School, chance: Random) -> int:
    statements = list(ScanStatement.objects.filter(retired=False).values_list("pk", flat=True))
    answers = {key: chance.choice(LIKELY) for key in statements}
    number = 0
    for ago in (FIRST, LATEST) if chance.random() < 0.7 else (LATEST,):
        answers = {key: _further(value, chance) for key, value in answers.items()}
        services.answer(school=school, person=None, answers={key: int(value) for key, value in answers.items()})
        scan = services.finish(school)
        if scan:
            then = timezone.now() - ago - timedelta(days=chance.randint(0, 9))
            Scan.objects.filter(pk=scan.pk).update(begun_at=then, finished_at=then)
            number += 1
    return number


def _further(value: int, chance: Random) -> int:
    return value + 1 if Answer.NOT_YET <= value < Answer.COMPLETELY and chance.random() < 0.3 else value


def _uses(chance: Random) -> int:
    needs = SupportNeed.objects.select_related("school").order_by("school__code", "number")[:LOOKED_AT]
    number = 0
    for need in needs:
        (wanted,) = wanted_of([need], need.school)
        found = [match.card.key for match in matches(wanted, 2)]
        for page in visible(Page.objects.filter(pk__in=found)):
            record(school=need.school, page=page, verdict=chance.choice(SAID), person=None, need=need)
            number += 1
    return number
