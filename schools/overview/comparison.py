"""How the schools of a board compare with similar schools of others, only where nobody can be recognised."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import ConceptValue, vocabulary
from schools.models.needs import SupportNeed
from schools.models.register import Board, School
from schools.overview.figures import LONG

# Besides the board that looks: who knows its own figures must not find those of one other by subtraction.
LEAST_BOARDS = 5


@dataclass(frozen=True, slots=True)
class Share:
    """A share in whole per cent, here and elsewhere."""

    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """This board beside similar schools: those that share a sector and have ever written down a need.

    `domains` is the share of schools that ask for something in each domain, `long_open` the share of pending needs that stand
    open for more than 90 days.
    """

    boards: int
    schools: int
    domains: tuple[tuple[ConceptValue, Share], ...]
    long_open: Share


def compare(board: Board) -> Comparison | None:
    """The comparison; None when fewer than LEAST_BOARDS other boards or no school of this one takes part. At most six queries."""
    taking_part = School.objects.open().filter(Exists(SupportNeed.objects.filter(school=OuterRef("pk"))))
    ours = taking_part.filter(board=board)
    sectors = list(ours.order_by().values_list("sectors", flat=True).distinct())
    theirs = taking_part.filter(sectors__in=sectors).exclude(board=board)
    size = theirs.aggregate(boards=Count("board", distinct=True), schools=Count("pk", distinct=True))
    if size["boards"] < LEAST_BOARDS or not sectors:
        return None
    own_size = ours.count()
    own_domains, own_long = _needs(ours)
    domains, long_open = _needs(theirs)
    return Comparison(
        boards=size["boards"],
        schools=size["schools"],
        domains=tuple(
            (domain, Share(_share(own_domains.get(domain.pk, 0), own_size), _share(domains.get(domain.pk, 0), size["schools"])))
            for domain in vocabulary().scheme(Scheme.WSA)
        ),
        long_open=Share(own_long, long_open),
    )


def _needs(schools: QuerySet[Any]) -> tuple[dict[int, int], int]:
    """Schools with a pending need for each domain, and the share of pending needs that stand open for long. One query."""
    rows = (
        SupportNeed.objects.pending()
        .filter(school__in=schools.values("pk"))
        .order_by()
        .values("domain")
        .annotate(
            schools=Count("school", distinct=True),
            needs=Count("pk"),
            long_open=Count("pk", filter=Q(created_at__lt=timezone.now() - LONG)),
        )
    )
    found = list(rows)
    total = sum(row["needs"] for row in found)
    return {row["domain"]: row["schools"] for row in found}, _share(sum(row["long_open"] for row in found), total)


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
