"""What visitors say about a page: without account or cookie, read by an editor before it is shown."""

import pytest
from django.test import Client
from django.urls import reverse

from lessons.models import LessonPage
from portal.content.models import HomePage
from portal.feedback.enums import Kind, State
from portal.feedback.models import Feedback
from portal.feedback.services import decide, record
from portal.feedback.views import PER_HOUR
from portal.stamps.models import CONTENT, read
from tests.factories import UserFactory


def send(client: Client, kind: str, page: LessonPage, remark: str = "", **extra: str):
    headers = extra.pop("headers", {})
    return client.post(reverse("feedback", args=(kind, page.pk)), {"remark": remark, **extra}, headers=headers)


def test_a_visitor_says_that_a_lesson_was_used_without_a_cookie(client: Client, lesson: LessonPage) -> None:
    response = send(client, "used", lesson, "Ging goed in groep 5.")
    assert response.status_code == 302
    assert not response.cookies
    thanks = client.get(response.url)
    assert lesson.title in thanks.content.decode()
    assert Feedback.objects.get().state == State.NEW


def test_the_page_counts_uses_at_once_and_shows_a_remark_only_when_an_editor_let_it(client: Client, lesson: LessonPage) -> None:
    address = f"/lessen/{lesson.slug}/"
    assert "Ging goed" not in client.get(address).content.decode()
    feedback = record(page=lesson, kind=Kind.USED, remark="Ging goed in groep 5.")
    page = client.get(address).content.decode()
    assert "1 keer gebruikt" in page
    assert "Ging goed" not in page
    decide(feedback=feedback, state=State.SHOWN)
    assert "Ging goed" in client.get(address).content.decode()
    decide(feedback=feedback, state=State.DONE)
    assert "Ging goed" not in client.get(address).content.decode()


def test_a_remark_is_escaped(client: Client, lesson: LessonPage) -> None:
    decide(feedback=record(page=lesson, kind=Kind.USED, remark="<script>alert(1)</script>"), state=State.SHOWN)
    assert "<script>alert" not in client.get(f"/lessen/{lesson.slug}/").content.decode()


def test_a_use_without_words_needs_no_editor(lesson: LessonPage) -> None:
    assert record(page=lesson, kind=Kind.USED, remark="").state == State.DONE


def test_a_complaint_is_never_shown(lesson: LessonPage) -> None:
    feedback = record(page=lesson, kind=Kind.WRONG, remark="De link werkt niet.")
    decide(feedback=feedback, state=State.SHOWN)
    feedback.refresh_from_db()
    assert feedback.state == State.DONE


def test_what_is_wrong_has_to_be_said_and_nothing_typed_is_lost(client: Client, lesson: LessonPage) -> None:
    empty = send(client, "wrong", lesson)
    assert empty.status_code == 422
    assert 'aria-invalid="true"' in empty.content.decode()
    long = send(client, "wrong", lesson, "x" * 1001)
    assert long.status_code == 422
    assert "x" * 1001 in long.content.decode()
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"origin": "https://elders.example"}, {"origin": "http://[::1"}, {"sec-fetch-site": "cross-site"}]
)
def test_another_site_cannot_send_the_form(client: Client, lesson: LessonPage, headers: dict[str, str]) -> None:
    response = client.post(reverse("feedback", args=("used", lesson.pk)), {"remark": "x"}, headers=headers)
    assert response.status_code == 422
    assert not Feedback.objects.exists()


def test_a_robot_is_thanked_and_forgotten(client: Client, lesson: LessonPage) -> None:
    assert send(client, "used", lesson, "Koop nu", website="https://spam.example").status_code == 302
    assert not Feedback.objects.exists()


def test_one_network_cannot_fill_the_desk(client: Client, lesson: LessonPage) -> None:
    answers = [send(client, "used", lesson, "Nog een").status_code for _ in range(PER_HOUR + 3)]
    assert answers.count(302) == PER_HOUR
    assert answers[-1] == 422
    assert Feedback.objects.count() == PER_HOUR


@pytest.mark.parametrize("address", ["/reactie/used/999999999999999999999/", "/reactie/iets/1/", "/reactie/used/abc/"])
def test_what_does_not_exist_is_not_found(client: Client, site: HomePage, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post(address, {"remark": "x"}).status_code in (404, 405)


def test_a_page_that_is_not_public_takes_no_remarks(client: Client, lesson: LessonPage) -> None:
    lesson.unpublish()
    assert send(client, "used", lesson, "x").status_code == 404


def test_hostile_words_are_an_error_beside_the_field(client: Client, lesson: LessonPage) -> None:
    assert send(client, "wrong", lesson, "a\x00b").status_code == 422


@pytest.mark.parametrize("remark", ["\u202e", "\u200b \u2060", "\U000e0041"])
def test_words_that_nobody_sees_are_no_words(client: Client, lesson: LessonPage, remark: str) -> None:
    assert send(client, "wrong", lesson, remark).status_code == 422
    assert send(client, "used", lesson, remark).status_code == 302
    assert Feedback.objects.get().state == State.DONE


def test_a_remark_keeps_its_lines_and_loses_what_turns_its_direction(client: Client, lesson: LessonPage) -> None:
    send(client, "used", lesson, "Eén\r\n\u202etwee 🌱")
    assert Feedback.objects.get().remark.split() == ["Eén", "twee", "🌱"]


def test_an_editor_reads_and_decides(client: Client, lesson: LessonPage) -> None:
    feedback = record(page=lesson, kind=Kind.USED, remark="Leuke les")
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert "Leuke les" in client.get(reverse("feedback:index")).content.decode()
    before = read()[CONTENT]
    response = client.post(reverse("feedback:edit", args=(feedback.pk,)), {"state": State.SHOWN})
    assert response.status_code == 302
    feedback.refresh_from_db()
    assert feedback.state == State.SHOWN
    assert read()[CONTENT] > before


def test_a_complaint_cannot_be_shown_from_the_desk(client: Client, lesson: LessonPage) -> None:
    feedback = record(page=lesson, kind=Kind.WRONG, remark="Fout")
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert client.post(reverse("feedback:edit", args=(feedback.pk,)), {"state": State.SHOWN}).status_code == 200
    feedback.refresh_from_db()
    assert feedback.state == State.NEW


def test_nobody_writes_a_remark_at_the_desk(client: Client, lesson: LessonPage) -> None:
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert reverse("feedback:add") not in client.get(reverse("feedback:index")).content.decode()
    assert client.post(reverse("feedback:add"), {"state": State.SHOWN}).status_code == 302
    assert not Feedback.objects.exists()
