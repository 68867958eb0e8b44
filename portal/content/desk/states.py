"""What a page may need from an editor: the states by which pages are listed and counted."""

from datetime import timedelta

from django.db import models
from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, WorkflowState, get_default_page_content_type

from portal.content.cards import tagged_models
from portal.content.desk.reviewing import to_check

# How long beforehand the desk shows a review date.
AHEAD = timedelta(days=30)


class State(models.TextChoices):
    """A page may be in several of these at once."""

    LIVE = "live", _("Live")
    CHANGED = "changed", _("Live, with changes that are not")
    DRAFT = "draft", _("Draft")
    MODERATION = "moderation", _("In moderation")
    SCHEDULED = "scheduled", _("Scheduled")
    TO_CHECK = "to-check", _("To be checked within 30 days")
    INCOMPLETE = "incomplete", _("Without summary or domain")


def in_state(state: str) -> QuerySet[Page]:
    """The pages in one of the states of `State`."""
    pages = Page.objects.all()
    match State(state):
        case State.LIVE:
            return pages.filter(live=True)
        case State.CHANGED:
            return pages.filter(live=True, has_unpublished_changes=True)
        case State.DRAFT:
            return pages.filter(live=False)
        case State.MODERATION:
            return pages.filter(pk__in=_pages_of(WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)))
        case State.SCHEDULED:
            return pages.filter(pk__in=_pages_of(Revision.objects.filter(approved_go_live_at__isnull=False)))
        case State.TO_CHECK:
            return to_check(until=timezone.localdate() + AHEAD)
        case State.INCOMPLETE:
            parts = [
                model._default_manager.filter(Q(summary="") | Q(wsa=None)).order_by().values("pk") for model in tagged_models()
            ]
            return pages.filter(pk__in=parts[0].union(*parts[1:]))


def _pages_of(rows: QuerySet) -> QuerySet:
    """The keys of the pages that these rows of Wagtail point to; PostgreSQL compares no text with a number."""
    mine = rows.filter(base_content_type=get_default_page_content_type())
    return mine.annotate(page_key=Cast("object_id", BigIntegerField())).values("page_key")
