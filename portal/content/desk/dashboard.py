"""What an editor sees first: what waits, what has to be checked, what is not finished.

A panel shows the first few pages and leads to the rest, so that the number of queries does not depend on the number of pages.
Apps above add panels of their own with Wagtail's hook `construct_homepage_panels`; `DeskPanel` gives them the same looks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, TaskState
from wagtail.permissions import page_permission_policy

from portal.content.desk.reviewing import next_reviews
from portal.content.desk.states import AHEAD, State, in_state

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a panel. `alarm` when it should have been done already."""

    title: str
    url: str
    kind: str = ""
    note: str = ""
    when: date | datetime | None = None
    alarm: bool = False


class DeskPanel(Component):
    """A panel of the dashboard: a heading, at most `SHOWN` rows, and a link to all there are. `rows` gives one row more than is
    shown when there are more."""

    template_name = "content/desk/panel.html"
    name = ""
    heading: Any = ""
    # What title, kind, note and date of a row are called in this panel; nothing for what its rows leave empty.
    columns: tuple[Any, Any, Any, Any] = (_("Title"), _("Type"), _("Note"), _("Date"))
    # Said when there are no rows.
    empty: Any = ""
    order = 100

    def rows(self, user: Any) -> list[Row]:
        """The lines for this person, what matters most first."""
        raise NotImplementedError

    def all_url(self) -> str:
        """Where the rest is; empty when there is no such place."""
        return ""

    def is_shown(self, user: Any) -> bool:
        """Whether this person can do anything about it."""
        return True

    def render_html(self, parent_context: Any = None) -> str:
        return super().render_html(parent_context) if self.is_shown(parent_context["request"].user) else ""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        rows = self.rows(parent_context["request"].user)
        return {"panel": self, "rows": rows[:SHOWN], "all_url": self.all_url() if len(rows) > SHOWN else ""}


def all_pages_url(state: State) -> str:
    """The list of all pages in this state."""
    return f"{reverse('all_pages:index')}?state={state}"


def edit_url(key: int) -> str:
    """Where this page is edited."""
    return reverse("wagtailadmin_pages:edit", args=(key,))


def kind_of(page: Page) -> str:
    """What editors call the type of this page; costs no query."""
    return capfirst(page.page_type_display_name)


def _editable(user: Any) -> QuerySet[Page]:
    pages: QuerySet[Page] = page_permission_policy.instances_user_has_permission_for(user, "change")
    return pages


class ModerationPanel(DeskPanel):
    """What other people wrote and this person may let go live."""

    name = "desk-moderation"
    heading = _("Waiting for you to review")
    empty = _("Nothing is waiting for you.")

    def is_shown(self, user: Any) -> bool:
        return bool(page_permission_policy.user_has_permission(user, "publish"))

    def all_url(self) -> str:
        return all_pages_url(State.MODERATION)

    def rows(self, user: Any) -> list[Row]:
        waiting = TaskState.objects.reviewable_by(user).select_related("workflow_state__requested_by", "revision")
        states = list(waiting.defer("revision__content").order_by("started_at")[: SHOWN + 1])
        pages = Page.objects.in_bulk([int(state.revision.object_id) for state in states])
        rows = []
        for state in states:
            page = pages.get(int(state.revision.object_id))
            author = state.workflow_state.requested_by
            if page:
                note = gettext("by %(name)s") % {"name": get_user_display_name(author)} if author else ""
                rows.append(Row(page.draft_title, edit_url(page.pk), kind_of(page), note, state.started_at))
        return rows


class ReviewPanel(DeskPanel):
    """Pages whose review date has come or is near."""

    name = "desk-reviews"
    heading = _("Pages that have to be checked")
    empty = _("No page has to be checked in the next 30 days.")
    order = 110

    def all_url(self) -> str:
        return all_pages_url(State.TO_CHECK)

    def rows(self, user: Any) -> list[Row]:
        today = timezone.localdate()
        reviews = next_reviews(until=today + AHEAD, among=_editable(user), limit=SHOWN + 1)
        return [
            Row(
                review.page.title,
                edit_url(review.page.pk),
                kind_of(review.page),
                gettext("too late") if review.review_on < today else "",
                review.review_on,
                alarm=review.review_on <= today,
            )
            for review in reviews
        ]


class MyWorkPanel(DeskPanel):
    """What this person wrote and visitors do not see yet."""

    name = "desk-mine"
    heading = _("Your drafts")
    empty = _("You have no drafts.")
    order = 120

    def all_url(self) -> str:
        return all_pages_url(State.DRAFT)

    def rows(self, user: Any) -> list[Row]:
        mine = _editable(user).filter(Q(owner=user) | Q(latest_revision__user=user), has_unpublished_changes=True)
        newest = mine.order_by("-latest_revision_created_at").prefetch_workflow_states().annotate_approved_schedule()
        return _rows(newest[: SHOWN + 1], progress)


class IncompletePanel(DeskPanel):
    """Pages that the finder cannot offer well."""

    name = "desk-incomplete"
    heading = _("Without summary or domain")
    empty = _("Every page has a summary and a domain.")
    order = 130

    def all_url(self) -> str:
        return all_pages_url(State.INCOMPLETE)

    def rows(self, user: Any) -> list[Row]:
        pages = _editable(user).filter(pk__in=in_state(State.INCOMPLETE).values("pk"))
        newest = pages.order_by("-latest_revision_created_at").prefetch_workflow_states().annotate_approved_schedule()
        return _rows(newest[: SHOWN + 1], progress)


def progress(page: Page) -> str:
    """How far a page is that is not live as its editor left it. Wants the annotations of Wagtail for workflows and schedules."""
    workflow = page.current_workflow_state
    if workflow:
        needs_changes = workflow.status == workflow.STATUS_NEEDS_CHANGES
        return gettext("Changes requested") if needs_changes else gettext("In moderation")
    if page.approved_schedule:
        return gettext("Scheduled")
    if page.live:
        return gettext("Live, with changes that are not") if page.has_unpublished_changes else gettext("Live")
    return gettext("Draft")


def _rows(pages: Iterable[Page], note: Any) -> list[Row]:
    return [
        Row(page.draft_title, edit_url(page.pk), kind_of(page), note(page), page.latest_revision_created_at) for page in pages
    ]
