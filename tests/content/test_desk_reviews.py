"""Pages whose review date has come: on the desk, in one mail to who looks after them, and never twice."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from lessons.models import LessonIndexPage
from portal.accounts.models import User
from portal.content.desk.mail import people_of
from portal.content.desk.reviewing import remind, to_check
from portal.content.models import HomePage, SectionPage
from portal.content.tasks import remind_of_reviews
from tests import factories

TODAY = date(2026, 11, 22)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def section(site: HomePage) -> SectionPage:
    return factories.SectionFactory(parent=site, title="Kennis", slug="kennis")


def test_pages_of_every_type_are_found_by_their_date(section: SectionPage, lesson_index: LessonIndexPage) -> None:
    article = factories.KnowledgeFactory(parent=section, review_on=YESTERDAY)
    lesson = factories.LessonFactory(parent=lesson_index, review_on=TODAY)
    factories.AnswerFactory(parent=section, review_on=TOMORROW)
    factories.KnowledgeFactory(parent=section, review_on=YESTERDAY, live=False)
    factories.KnowledgeFactory(parent=section)
    assert set(to_check(until=TODAY).values_list("pk", flat=True)) == {article.pk, lesson.pk}


def test_one_mail_a_person_about_all_their_pages(section: SectionPage, editor: User, moderator: User) -> None:
    mine = [factories.KnowledgeFactory(parent=section, owner=editor, review_on=YESTERDAY) for _ in range(3)]
    nobodys = factories.KnowledgeFactory(parent=section, review_on=TODAY)
    assert remind(TODAY) == 4
    sent = {message.to[0]: message for message in mail.outbox}
    assert set(sent) == {editor.email, moderator.email}
    assert all(page.title in sent[editor.email].body for page in mine)
    assert "3" in sent[editor.email].subject
    assert nobodys.title not in sent[editor.email].body
    assert f"/admin/pages/{nobodys.pk}/edit/" in sent[moderator.email].body


def test_nobody_is_told_twice_until_there_is_a_new_date(section: SectionPage, editor: User) -> None:
    page = factories.KnowledgeFactory(parent=section, owner=editor, review_on=YESTERDAY)
    assert [remind(TODAY), remind(TODAY), remind(TOMORROW)] == [1, 0, 0]
    assert len(mail.outbox) == 1
    page.review_on = TOMORROW
    page.save_revision().publish()
    assert [remind(TODAY), remind(TOMORROW)] == [0, 1]
    assert len(mail.outbox) == 2


def test_a_mail_that_cannot_be_written_is_written_the_next_time(section: SectionPage, editor: User, settings: Settings) -> None:
    factories.KnowledgeFactory(parent=section, owner=editor, review_on=YESTERDAY)
    settings.EMAIL_BACKEND = "tests.content.test_desk_reviews.Broken"
    with pytest.raises(OSError, match="full"):
        remind(TODAY)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert remind(TODAY) == 1


class Broken(BaseEmailBackend):
    """A mail system that takes nothing."""

    def send_messages(self, email_messages: object) -> int:
        raise OSError("full")


def test_the_task_goes_by_the_day_at_home(section: SectionPage, editor: User) -> None:
    factories.KnowledgeFactory(parent=section, owner=editor, review_on=date(2000, 1, 1))
    remind_of_reviews.delay()
    assert len(mail.outbox) == 1


def test_who_left_or_may_not_edit_is_not_asked(section: SectionPage, editor: User, moderator: User) -> None:
    gone = factories.UserFactory(is_active=False)
    outsider = factories.UserFactory()
    pages = [factories.KnowledgeFactory(parent=section, owner=owner) for owner in (editor, gone, outsider, None)]
    assert list(people_of(pages).values()) == [[editor], [moderator], [moderator], [moderator]]


def test_the_number_of_queries_does_not_grow_with_the_pages(section: SectionPage, editor: User) -> None:
    def queries(count: int) -> int:
        for _ in range(count):
            factories.KnowledgeFactory(parent=section, owner=editor, review_on=YESTERDAY)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            remind(TODAY)
        return len(captured)

    queries(1)
    assert queries(1) == queries(8)
