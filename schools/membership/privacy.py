"""What memberships tell about people, and how long they are kept."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.outbox.models import Message
from portal.privacy import classify, keep, of_person, register
from schools.enums import MembershipState
from schools.membership.links import WORKS_FOR
from schools.membership.mails import invitations_by
from schools.models.membership import Invitation, Membership

# An ended membership answers questions about the past for a while; a question nobody answered is not asked for ever.
KEEP_ENDED, KEEP_ASKED = timedelta(days=2 * 365), timedelta(days=180)

classify(
    "schools.Membership",
    personal="user remark role state asked_at granted_at ended_at",
    internal="key school board",
)
classify("schools.MembershipEvent", personal="actor at action role", internal="membership")
classify("schools.Invitation", personal="email invited_by", internal="key school board role created_at used_at")


def _export(user: Any) -> dict[str, Any]:
    rows = Membership.objects.filter(user_id=user.pk).select_related("school", "board").prefetch_related("history")
    sent = Invitation.objects.filter(invited_by_id=user.pk).order_by("pk")
    return {
        "memberships": [
            {
                "place": str(row.place),
                "role": row.role,
                "state": row.state,
                "remark": row.remark,
                "history": [{"at": event.at, "what": event.action, "role": event.role} for event in row.history.all()],
            }
            for row in rows.order_by("pk")
        ],
        # To whom is about somebody else.
        "invitations_sent": list(sent.values("created_at", "used_at")),
    }


def _erase(people: Sequence[Any]) -> None:
    """Memberships and invitations sent go with the account; invitations to the person do not, nor mails that name who invites."""
    for person in people:
        Message.objects.filter(dedupe_key__startswith=invitations_by(person)).delete()
        Invitation.objects.filter(of_person("email", person)).delete()


def _over() -> QuerySet[Membership]:
    now = timezone.now()
    ended = Q(state=MembershipState.ENDED, ended_at__lt=now - KEEP_ENDED)
    return Membership.objects.filter(ended | Q(state=MembershipState.ASKED, asked_at__lt=now - KEEP_ASKED))


def _stale() -> QuerySet[Invitation]:
    return Invitation.objects.filter(created_at__lt=timezone.now() - WORKS_FOR)


register("schools", export=_export, erase=_erase)
keep("ended memberships", due=_over)
keep("old invitations", due=_stale)
