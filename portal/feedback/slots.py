"""What visitors may say stands at the end of each page with tags."""

from typing import Any

from django.http import HttpRequest

from portal.content.models import TaggedPage
from portal.content.slots import register
from portal.feedback.enums import Kind, State
from portal.feedback.forms import FeedbackForm
from portal.feedback.models import Feedback

SHOWN = 5


def feedback(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """How often the page was used, what editors let show, and the two forms."""
    if not isinstance(page, TaggedPage) or not page.pk:
        return None
    mine = Feedback.objects.filter(page=page.pk, kind=Kind.USED)
    used = mine.count()
    remarks = list(mine.filter(state=State.SHOWN)[:SHOWN]) if used else []
    forms = {
        "used_form": FeedbackForm(kind=Kind.USED, auto_id="used_%s"),
        "wrong_form": FeedbackForm(kind=Kind.WRONG, auto_id="wrong_%s"),
    }
    return "feedback/slot.html", {"used": used, "remarks": remarks, **forms}


def fill_slots() -> None:
    """Fill the slot of the ground floor."""
    register("page-end", feedback, queries=2)
