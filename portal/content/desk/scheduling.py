"""Pages go live and come down at the moment an editor chose.

Wagtail's own command does all that is due in one go, and stops at the first page that cannot be published. Here each page has a
transaction of its own, and one that is refused loses its date and is told about by mail.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from portal.content.desk.mail import people_of, tell


def due_revisions(now: datetime) -> list[int]:
    """The primary keys of the revisions that should be live by now, the earliest first."""
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    return list(due.values_list("pk", flat=True))


def expired_pages(now: datetime) -> list[int]:
    """The primary keys of the live pages that should have come down by now."""
    return list(Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at").values_list("pk", flat=True))


@transaction.atomic
def publish(revision_pk: int) -> bool:
    """Publish this revision if it is due, whoever else does so at the same time; whether it is live now.

    When the page is not ready for visitors its date is taken away, and whoever planned it is told why.
    """
    revision = Revision.objects.select_for_update().filter(pk=revision_pk, approved_go_live_at__lte=timezone.now()).first()
    if revision is None:
        return False
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as error:
        _refuse(revision, error)
        return False
    return True


@transaction.atomic
def take_down(page_pk: int) -> bool:
    """Unpublish this page if its time has come; whether that was so."""
    page = Page.objects.select_for_update().filter(pk=page_pk, live=True, expire_at__lte=timezone.now()).first()
    if page is None:
        return False
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _refuse(revision: Revision, error: ValidationError) -> None:
    planned = revision.approved_go_live_at
    revision.approved_go_live_at = None
    # Wagtail writes to the history of the page that the date was taken away.
    revision.save(update_fields=["approved_go_live_at"])
    page = revision.content_object
    people = {*people_of([page])[page.pk], *([revision.user] if revision.user and revision.user.is_active else [])}
    tell(people, "not_published", {"page": page, "planned": planned, "problems": error.messages})
