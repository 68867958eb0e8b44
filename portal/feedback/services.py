"""Taking in what visitors say, and what editors do with it."""

from django.db import transaction
from wagtail.models import Page

from portal.feedback.enums import Kind, State
from portal.feedback.models import Feedback
from portal.stamps.models import CONTENT, bump


def record(*, page: Page, kind: Kind, remark: str) -> Feedback:
    """Keep what a visitor said. A use without a remark needs no editor."""
    with transaction.atomic():
        state = State.NEW if remark else State.DONE
        feedback = Feedback.objects.create(page=page, kind=kind, remark=remark, state=state)
        if kind is Kind.USED:
            # The page says how often it was used.
            bump(CONTENT)
        return feedback


def decide(*, feedback: Feedback, state: State) -> None:
    """An editor read a remark: show it on the page, or be done with it. A complaint is never shown."""
    if feedback.kind == Kind.WRONG and state is State.SHOWN:
        state = State.DONE
    with transaction.atomic():
        Feedback.objects.filter(pk=feedback.pk).update(state=state)
        bump(CONTENT)
