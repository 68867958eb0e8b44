"""Filling the quick scan: begun, answered step by step, finished."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import ConceptValue, vocabulary
from schools.models import Scan, ScanAnswer, ScanStatement, School
from schools.scan.enums import Answer

# Below this a statement says that the school is not there yet.
FAR_ENOUGH = Answer.LARGELY
# The same answers so soon after a scan are those of a form that was sent twice.
SENT_TWICE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Step:
    """The statements about one domain; `number` counts from 1."""

    domain: ConceptValue
    statements: tuple[ScanStatement, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A need that the answers point to."""

    domain: ConceptValue
    what: str


def steps() -> list[Step]:
    """The scan as it is asked today, a step a domain: one query."""
    by_domain: dict[int, list[ScanStatement]] = {}
    for statement in ScanStatement.objects.filter(retired=False):
        by_domain.setdefault(statement.domain_id, []).append(statement)
    asked = [domain for domain in vocabulary().scheme(Scheme.WSA) if domain.pk in by_domain]
    return [Step(domain, tuple(by_domain[domain.pk]), number) for number, domain in enumerate(asked, 1)]


def known_answers(school: School) -> dict[int, int]:
    """Statement → answer of the scan that is being filled, and below those the answers of the time before: two queries."""
    scans = list(Scan.objects.filter(school=school).order_by("finished_at").values_list("pk", "finished_at"))
    unfinished = [pk for pk, finished in scans if finished is None]
    finished = [pk for pk, finished in scans if finished is not None][-1:]
    rows = ScanAnswer.objects.filter(scan__in=[*finished, *unfinished]).values_list("scan", "statement", "value")
    return {statement: value for _, statement, value in sorted(rows, key=lambda row: row[0] in unfinished)}


def answer(*, school: School, person: Any, answers: Mapping[int, int | None]) -> Scan:
    """Keep the answers of one step (statement → value, None: left open) in the scan of the school that is being filled, which is
    begun when there is none."""
    with transaction.atomic():
        # Not the scan, which may not be begun yet, or be finished or gone by the time that its lock is had.
        school.lock()
        scan, _ = Scan.objects.get_or_create(school=school, finished_at=None, defaults={"person": person})
        scan.answers.filter(statement__in=[key for key, value in answers.items() if value is None]).delete()
        ScanAnswer.objects.bulk_create(
            [ScanAnswer(scan=scan, statement_id=key, value=value) for key, value in answers.items() if value is not None],
            update_conflicts=True,
            unique_fields=["scan", "statement"],
            update_fields=["value"],
        )
        return scan


def finish(school: School) -> Scan | None:
    """End the scan that is being filled, and fill the flower by it; None when there is none, or nothing was answered.

    A domain that was not asked this time keeps the answers of the scan before. Sending the last step twice makes one scan.
    """
    with transaction.atomic():
        school.lock()
        scan: Scan | None = Scan.objects.filter(school=school, finished_at=None).first()
        if scan is None:
            return None
        before: Scan | None = Scan.objects.filter(school=school).finished().first()
        if before:
            _carry_over(before, scan)
        result = result_of(scan)
        if not result:
            return None
        now = timezone.now()
        if before and before.finished_at and now - before.finished_at < SENT_TWICE and _answers(before) == _answers(scan):
            scan.delete()
            return before
        scan.result, scan.finished_at = result, now
        scan.save(update_fields=["result", "finished_at"])
        return scan


def _carry_over(before: Scan, scan: Scan) -> None:
    """Copy the answers of the scan before about domains of which this one has none."""
    asked = scan.answers.values("statement__domain")
    rows = before.answers.filter(statement__retired=False).exclude(statement__domain__in=asked)
    ScanAnswer.objects.bulk_create([ScanAnswer(scan=scan, statement_id=row.statement_id, value=row.value) for row in rows])


def _answers(scan: Scan) -> set[tuple[int, int]]:
    return set(scan.answers.filter(statement__retired=False).values_list("statement", "value"))


def result_of(scan: Scan) -> dict[str, int]:
    """Domain → share of the points that could be had, 0 to 100; a domain without an answer that counts stays out."""
    values: dict[int, list[int]] = {}
    for domain, value in scan.answers.exclude(value=Answer.UNKNOWN).values_list("statement__domain", "value"):
        values.setdefault(domain, []).append(value)
    most = max(Answer.values)
    return {
        domain.code: round(100 * sum(values[domain.pk]) / (most * len(values[domain.pk])))
        for domain in vocabulary().scheme(Scheme.WSA, retired=True)
        if domain.pk in values
    }


def proposals(scan: Scan, *, known: Sequence[str] = ()) -> list[Proposal]:
    """Needs that the answers of a scan point to, the weakest statements first; those with a text in `known` are left out.
    One query."""
    rows = scan.answers.filter(value__gt=Answer.UNKNOWN, value__lt=FAR_ENOUGH).exclude(statement__need="")
    rows = rows.order_by("value", "statement__domain__order", "statement__order")
    words = vocabulary()
    found = []
    for what, domain in rows.values_list("statement__need", "statement__domain"):
        concept = words.by_id(domain)
        if concept and what not in known:
            found.append(Proposal(concept, what))
    return found
