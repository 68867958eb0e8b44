"""People, needs and profiles of invented schools, so that the demo has something to show."""

import tomllib
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept
from schools.enums import MembershipState, NeedAction, Role, Status, Visibility
from schools.models import Board, Membership, NeedEvent, School, SupportNeed
from schools.needs.services import add_need
from schools.needs.workflow import transition
from schools.profiles.services import save_profile

DATA = Path(__file__).resolve().parents[1] / "demo" / "life.toml"
SEED = 2026
# Enough boards for a comparison, and so few schools that most are still empty.
BOARDS, SCHOOLS_OF_A_BOARD = 12, 4
OLDEST_DAYS = 160


@transaction.atomic
def load_life() -> tuple[int, int]:
    """Make memberships of the demo accounts, and needs and profiles where there are none at all yet; returns how many
    memberships and needs. Nothing where the register is empty."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    schools_each = Count("schools", filter=Q(schools__status=Status.OPEN))
    boards = list(Board.objects.open().alias(size=schools_each).filter(size__gt=0).order_by("-size", "number")[:BOARDS])
    if not boards:
        return 0, 0
    home = boards[0].schools.open().order_by("code")[0]
    members = sum(_join(row["email"], Role(row["role"]), home) for row in data["members"])
    return members, 0 if SupportNeed.objects.exists() else _fill(boards, data)


def _join(email: str, role: Role, school: School) -> bool:
    """Whether somebody was made a member; an account that is not there is left out."""
    user = get_user_model().objects.filter(email=email).first()
    if user is None or Membership.objects.filter(user=user).exists():
        return False
    where = {"board": school.board} if role == Role.BOARD else {"school": school}
    values = {"state": MembershipState.GRANTED, "granted_at": timezone.now()}
    Membership.objects.create(user=user, role=role, **where, **values)
    return True


def _fill(boards: list[Board], data: dict[str, Any]) -> int:
    chance = Random(SEED)  # noqa: S311 - nothing secret is drawn
    concepts = {
        (concept.scheme, concept.code): concept for concept in Concept.objects.filter(scheme__in=(Scheme.WSA, Scheme.TOPIC))
    }
    number = 0
    for board in boards:
        for school in board.schools.open().order_by("code")[:SCHOOLS_OF_A_BOARD]:
            practices = {row["domain"]: row["text"] for row in chance.sample(data["practices"], 2)}
            visibility = chance.choice(Visibility.values)
            save_profile(school=school, actor=None, values={"visibility": visibility}, practices=practices)
            for row in chance.sample(data["needs"], chance.randint(1, 4)):
                _need(school, row, concepts, chance)
                number += 1
    return number


def _need(school: School, row: dict[str, Any], concepts: dict[tuple[str, str], Concept], chance: Random) -> None:
    topics = [concepts[Scheme.TOPIC, code] for code in row["topics"]]
    values = {**row, "domain": concepts[Scheme.WSA, row["domain"]], "priority": chance.choice((1, 2, 2, 3))}
    need = add_need(school=school, actor=None, values=values, topics=topics)
    written = timezone.now() - timedelta(days=chance.randint(2, OLDEST_DAYS))
    SupportNeed.objects.filter(pk=need.pk).update(created_at=written)
    NeedEvent.objects.filter(need=need).update(at=written)
    for action in chance.choice(((), (), (NeedAction.TAKE_UP,), (NeedAction.TAKE_UP, NeedAction.MEET))):
        transition(need, action, actor=None)
        written += (timezone.now() - written) * chance.uniform(0.2, 0.6)
        NeedEvent.objects.filter(need=need, action=action).update(at=written)
