"""What tests of saved searches share: a followed search, lessons that went live hours ago, the mails that came of it."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from lessons.models import LessonIndexPage, LessonPage
from portal.outbox.models import Message
from search.enums import SavedState
from search.indexing import drain
from search.models import SavedSearch
from tests.factories import LessonFactory

ADDRESS = "sam@school.example"


def mails() -> list[EmailMessage]:
    """What stands in the outbox, oldest first."""
    rows = Message.objects.order_by("pk")
    return [message_from_bytes(bytes(row.raw), policy=policy.default) for row in rows]


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def followed(query: str, email: str = ADDRESS) -> SavedSearch:
    """A confirmed search that was asked for two days ago."""
    since = timezone.now() - timedelta(days=2)
    return SavedSearch.objects.create(
        email=email, query=query, label=query, state=SavedState.CONFIRMED, confirmed_at=since, last_seen=since
    )


def publish(index: LessonIndexPage, title: str, *, hours_ago: float = 5, **values: Any) -> LessonPage:
    """A lesson that went live then, as the index knows it."""
    lesson: LessonPage = LessonFactory(parent=index, title=title, **values)
    Page.objects.filter(pk=lesson.pk).update(first_published_at=timezone.now() - timedelta(hours=hours_ago))
    drain("embedded")
    return lesson
