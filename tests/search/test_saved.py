"""Saved searches: nobody is mailed who did not confirm, no address is told, whoever wants to leave is gone at once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from lessons.models import LessonIndexPage
from portal.content.models import HomePage
from portal.outbox.models import Message
from search.forms import parse
from search.models import SavedSearch
from search.saved import services
from search.saved.alerts import send_alerts
from search.saved.views import PER_ADDRESS_AND_DAY, PER_NETWORK_AND_HOUR
from search.tasks import forget_unconfirmed_searches
from tests.search.saving import ADDRESS, followed, mails, publish, text_of

SAVE = "/zoeken/bewaren/?q=walvis"


def save(client: Client, email: str = ADDRESS, *, to: str = SAVE, **extra: str) -> Any:
    return client.post(to, {"email": email, **extra})


@pytest.fixture
def walvis(site: HomePage) -> SavedSearch:
    """A confirmed search that was asked for two days ago."""
    return followed("q=walvis")


def test_the_results_page_offers_mail_and_feed_outside_the_search_form(client: Client, site: HomePage) -> None:
    html = client.get("/zoeken/?sector=po&q=walvis&page=2&sort=title").content.decode()
    assert 'action="/zoeken/bewaren/?q=walvis&amp;sector=po"' in html
    assert html.count('href="/zoeken/feed/?q=walvis&amp;sector=po"') == 2
    assert 'autocomplete="email"' in html.split("</form>", 1)[1]


def test_the_lessons_page_follows_lessons_only(client: Client, lesson_index: LessonIndexPage) -> None:
    html = client.get("/lessen/?q=walvis").content.decode()
    assert 'action="/zoeken/bewaren/?q=walvis&amp;kind=les"' in html


def test_an_address_is_mailed_nothing_but_the_question_until_it_confirms(client: Client, lesson_index: LessonIndexPage) -> None:
    assert save(client, "Sam@School.example").url == "/zoeken/bewaren/verstuurd/"
    saved = SavedSearch.objects.get()
    assert (saved.email, saved.query, saved.confirmed) == (ADDRESS, "q=walvis", False)
    (question,) = mails()
    assert question["To"] == ADDRESS
    link = re.search(rf"{settings.WAGTAILADMIN_BASE_URL}(/\S+)", text_of(question))
    assert link
    SavedSearch.objects.update(last_seen=timezone.now() - timedelta(days=1))
    publish(lesson_index, "De walvis")
    assert send_alerts() == 0
    # A scanner that opens every link, with any method that should change nothing.
    stop = f"{link[1]}stoppen/"
    for path in (link[1], stop):
        assert client.get(path).status_code == client.head(path).status_code == 200
    assert not SavedSearch.objects.get().confirmed
    assert client.post(link[1]).status_code == 302
    assert SavedSearch.objects.get().confirmed_at
    assert send_alerts() == 1


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(client: Client, walvis: SavedSearch) -> None:
    known, unknown, waiting = save(client), save(client, "kim@school.example"), save(client, "kim@school.example")
    assert {(answer.status_code, answer.url, answer.content) for answer in (known, unknown, waiting)} == {
        (302, "/zoeken/bewaren/verstuurd/", b"")
    }
    assert client.get(known.url).status_code == 200
    assert not known.cookies
    walvis.refresh_from_db()
    assert walvis.confirmed
    assert SavedSearch.objects.count() == 2
    assert [mail["To"] for mail in mails()] == [ADDRESS, "kim@school.example", "kim@school.example"]
    assert f"/zoeken/bewaard/{walvis.token}/stoppen/" in text_of(mails()[0])


def test_one_search_is_kept_once_however_it_was_asked(client: Client, site: HomePage) -> None:
    save(client, to="/zoeken/bewaren/?q=walvis&sector=vo&sector=po&sort=new&page=3")
    save(client, to="/zoeken/bewaren/?sector=po&sector=vo&q=%20walvis&onbekend=x")
    saved = SavedSearch.objects.get()
    assert saved.query == "q=walvis&sector=po&sector=vo"
    assert saved.label.startswith("“walvis”, ")
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.create(email=saved.email, query=saved.query, label="nog eens")


def test_nobody_can_have_us_mail_their_words_to_others(client: Client, site: HomePage) -> None:
    save(client, to="/zoeken/bewaren/?q=Gratis+telefoon+http%3A%2F%2Fkwaad.example")
    (question,) = mails()
    assert "kwaad" not in str(question)
    assert "kwaad" in client.get(f"/zoeken/bewaard/{SavedSearch.objects.get().token}/").content.decode()


@pytest.mark.parametrize(
    "email",
    [
        "",
        "sam",
        "sam@school.example\nBcc: kim@school.example",
        "sam@school.example\r\nSubject: x",
        "sam@school.example, kim@school.example",
        "Sam <sam@school.example>",
        "sam@school.example\x00",
        "é@school.example",
        "x" * 250 + "@school.example",
        "<script>@school.example",
    ],
)
def test_what_is_no_address_is_said_beside_the_field_and_writes_nothing(client: Client, site: HomePage, email: str) -> None:
    answer = save(client, email)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert "<script>" not in answer.content.decode()
    assert not SavedSearch.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "query", ["q=a%0D%0ABcc:+kim@school.example", "q=%C2%85%E2%80%A8x", "q=%EF%BF%BE", "sector=po%0Ax", "q=%ff%fe"]
)
def test_hostile_words_add_no_header_to_an_alert(client: Client, lesson_index: LessonIndexPage, query: str) -> None:
    assert save(client, to=f"/zoeken/bewaren/?{query}").status_code == 302
    saved = SavedSearch.objects.get()
    Message.objects.all().delete()
    services.mail(saved, "alert", {"cards": [], "number": 1, "more": False})
    (mail,) = mails()
    assert mail["Bcc"] is None
    assert mail["To"] == ADDRESS
    assert parse(QueryDict(saved.query)).canonical() == saved.query


@pytest.mark.parametrize(
    "headers", [{"origin": "https://elders.example"}, {"origin": "http://[::1"}, {"sec-fetch-site": "cross-site"}]
)
def test_another_site_cannot_send_the_form(client: Client, site: HomePage, headers: dict[str, str]) -> None:
    assert client.post(SAVE, {"email": ADDRESS}, headers=headers).status_code == 422
    assert not SavedSearch.objects.exists()


def test_a_robot_is_answered_and_forgotten(client: Client, site: HomePage) -> None:
    assert save(client, website="https://spam.example").status_code == 302
    assert not SavedSearch.objects.exists()


def test_a_search_too_long_to_keep_is_refused(client: Client, site: HomePage) -> None:
    assert save(client, to="/zoeken/bewaren/?q=" + "%F0%9F%90%B3" * 200).status_code == 422
    assert not SavedSearch.objects.exists()


def test_one_mailbox_cannot_be_filled_and_the_answer_does_not_tell(client: Client, site: HomePage) -> None:
    answers = [save(client, to=f"/zoeken/bewaren/?q={number}") for number in range(PER_ADDRESS_AND_DAY + 3)]
    assert {answer.status_code for answer in answers} == {302}
    assert Message.objects.count() == SavedSearch.objects.count() == PER_ADDRESS_AND_DAY


def test_one_network_cannot_mail_without_end(client: Client, site: HomePage) -> None:
    answers = [save(client, f"p{number}@school.example").status_code for number in range(PER_NETWORK_AND_HOUR + 2)]
    assert answers.count(302) == PER_NETWORK_AND_HOUR
    assert answers[-1] == 422
    cache.clear()
    assert save(client).status_code == 302


def test_the_form_has_a_page_of_its_own(client: Client, site: HomePage) -> None:
    html = client.get(SAVE).content.decode()
    assert 'action="/zoeken/bewaren/?q=walvis"' in html
    assert "“walvis”" in html


def test_the_link_ends_the_mails_at_once(client: Client, walvis: SavedSearch) -> None:
    other = followed("q=zee")
    stop = f"/zoeken/bewaard/{walvis.token}/stoppen/"
    assert client.get(stop).status_code == 200
    assert SavedSearch.objects.count() == 2
    # As a mail program sends it (RFC 8058), from a place of its own, and as often as it likes.
    for _ in range(2):
        answer = client.post(stop, {"List-Unsubscribe": "One-Click"}, headers={"origin": "https://mail.example"})
        assert answer.status_code == 200
    assert SavedSearch.objects.get() == other
    assert client.get(stop).status_code == 404


@pytest.mark.parametrize("token", ["x", "é", "a" * 5000, "%FF", "..%2f"])
def test_a_link_that_does_not_exist_is_answered_calmly(client: Client, site: HomePage, token: str) -> None:
    assert client.get(f"/zoeken/bewaard/{token}/").status_code == 404
    assert client.post(f"/zoeken/bewaard/{token}/stoppen/").status_code in (200, 404)


def test_what_nobody_confirmed_is_forgotten_after_three_days(walvis: SavedSearch) -> None:
    now = timezone.now()
    for days in (2, 4):
        asked = now - timedelta(days=days)
        SavedSearch.objects.create(email=ADDRESS, query=f"q={days}", label="x", created_at=asked)
    SavedSearch.objects.filter(pk=walvis.pk).update(created_at=now - timedelta(days=400))
    forget_unconfirmed_searches()
    assert set(SavedSearch.objects.values_list("query", flat=True)) == {"q=walvis", "q=2"}


def test_asking_again_keeps_it_three_days_more(client: Client, site: HomePage) -> None:
    save(client)
    SavedSearch.objects.update(created_at=timezone.now() - timedelta(days=4))
    save(client)
    assert services.forget_unconfirmed() == 0
