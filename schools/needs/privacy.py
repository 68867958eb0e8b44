"""What needs and profiles of schools tell about people: who wrote them. They are about the school, and stay with it."""

from collections.abc import Sequence
from typing import Any

from portal.privacy import classify, of_person, register
from schools.models.needs import NeedEvent, SupportNeed
from schools.models.profile import SchoolProfile

classify(
    "schools.SupportNeed",
    personal="created_by",
    internal="school number what explanation domain topics for_whom by_when priority state created_at changed_at",
)
classify("schools.NeedEvent", personal="actor", internal="need action state note at")
classify("schools.SchoolProfile", personal="contact_name contact_email changed_by", internal="school visibility changed_at")
# Public where the school says so.
classify("schools.Practice", internal="profile domain text")


def _export(user: Any) -> dict[str, Any]:
    needs = SupportNeed.objects.filter(created_by_id=user.pk).order_by("pk")
    steps = NeedEvent.objects.filter(actor_id=user.pk).order_by("pk")
    return {
        "needs_written": list(needs.values("school__name", "what", "explanation", "created_at")),
        "steps_taken": list(steps.values("need__school__name", "need__what", "action", "note", "at")),
    }


def _erase(people: Sequence[Any]) -> None:
    """Who wrote something is emptied by the database; who is named as a contact is emptied here."""
    for person in people:
        SchoolProfile.objects.filter(of_person("contact_email", person)).update(contact_email="", contact_name="")
        if name := person.get_full_name():
            SchoolProfile.objects.filter(contact_name__iexact=name).update(contact_name="")


register("needs", export=_export, erase=_erase)
