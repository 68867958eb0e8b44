"""When a need may change its state, as a table, and the one function that changes it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schools.enums import PENDING_NEEDS, NeedAction, NeedState
from schools.errors import NotPossibleError
from schools.models.needs import NeedEvent, SupportNeed

_PENDING = frozenset(PENDING_NEEDS)

# What may be done to a need: the states in which it may, and the state it leads to.
TRANSITIONS: dict[NeedAction, tuple[frozenset[NeedState], NeedState]] = {
    NeedAction.TAKE_UP: (frozenset({NeedState.OPEN}), NeedState.IN_HAND),
    NeedAction.PUT_BACK: (frozenset({NeedState.IN_HAND}), NeedState.OPEN),
    NeedAction.MEET: (_PENDING, NeedState.MET),
    NeedAction.DROP: (_PENDING, NeedState.DROPPED),
    NeedAction.REOPEN: (frozenset({NeedState.MET, NeedState.DROPPED}), NeedState.OPEN),
}


def actions(need: SupportNeed) -> list[NeedAction]:
    """What can be done to a need as it stands."""
    return [action for action, (needed, _then) in TRANSITIONS.items() if need.state in needed]


def transition(need: SupportNeed, action: NeedAction, *, actor: Any, note: str = "") -> SupportNeed:
    """Do this to a need, as it is in the database now, and write its history; returns what it became. Raises NotPossibleError."""
    needed, then = TRANSITIONS[action]
    with transaction.atomic():
        now = SupportNeed.objects.select_for_update(of=("self",)).select_related("school").get(pk=need.pk)
        if now.state not in needed:
            raise NotPossibleError(_("That was done already, or is no longer possible."))
        now.state, now.changed_at = then, timezone.now()
        now.save(update_fields=["state", "changed_at"])
        NeedEvent.objects.create(need=now, action=action, state=then, note=note, actor=actor)
    return now
