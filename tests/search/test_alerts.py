"""The daily mail about saved searches: no page twice, no page missed, none that visitors may not see."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction

from lessons.models import LessonIndexPage
from portal.content.models import HomePage
from portal.outbox.models import Message
from search.models import SavedSearch
from search.saved import alerts, services
from search.saved.alerts import SHOWN, send_alerts
from tests.search.saving import ADDRESS, followed, mails, publish, text_of


@pytest.fixture
def walvis(site: HomePage) -> SavedSearch:
    """A confirmed search that was asked for two days ago."""
    return followed("q=walvis")


def test_only_what_is_new_and_found_is_mailed_once(walvis: SavedSearch, lesson_index: LessonIndexPage) -> None:
    publish(lesson_index, "Een oude walvis", hours_ago=50)
    publish(lesson_index, "De kringloop van papier", hours_ago=4)
    new = publish(lesson_index, "De nieuwe walvis", summary="Over baleinen & <zang>.", hours_ago=4)
    publish(lesson_index, "Walvis van zojuist", hours_ago=0)
    assert send_alerts() == 1
    (mail,) = mails()
    text = text_of(mail)
    assert new.title in text
    assert f"{settings.WAGTAILADMIN_BASE_URL}/lessen/{new.slug}/" in text
    assert "Over baleinen & <zang>." in text
    assert all(title not in text for title in ("Een oude walvis", "papier", "zojuist"))
    stop = f"{settings.WAGTAILADMIN_BASE_URL}/zoeken/bewaard/{walvis.token}/stoppen/"
    assert stop in text
    assert mail["List-Unsubscribe"].strip() == f"<{stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert send_alerts() == 0
    walvis.refresh_from_db()
    assert walvis.last_sent_at
    # What was too young for this mail stands in the next one.
    Page.objects.filter(title="Walvis van zojuist").update(first_published_at=walvis.last_seen + timedelta(seconds=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alerts, "SETTLED", alerts.SETTLED - timedelta(minutes=5))
        assert send_alerts() == 1
    assert "Walvis van zojuist" in text_of(mails()[1])
    assert "De nieuwe walvis" not in text_of(mails()[1])


def test_without_news_there_is_no_mail(walvis: SavedSearch, lesson_index: LessonIndexPage) -> None:
    publish(lesson_index, "De kringloop van papier")
    assert send_alerts() == 0
    assert not Message.objects.exists()
    before = walvis.last_seen
    walvis.refresh_from_db()
    assert walvis.last_seen > before
    assert walvis.last_sent_at is None


def test_at_most_ten_titles_and_the_way_to_the_rest(walvis: SavedSearch, lesson_index: LessonIndexPage) -> None:
    for number in range(SHOWN + 2):
        publish(lesson_index, f"Walvis nummer {number:02}", hours_ago=20 - number)
    send_alerts()
    (mail,) = mails()
    assert mail["Subject"].startswith(f"{SHOWN + 2} ")
    assert text_of(mail).count("Walvis nummer") == SHOWN
    assert "Walvis nummer 00" not in text_of(mail)
    assert "/zoeken/?q=walvis&sort=new" in text_of(mail)


@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_what_visitors_may_not_see_is_never_mailed(walvis: SavedSearch, lesson_index: LessonIndexPage, hide: str) -> None:
    lesson = publish(lesson_index, "De walvis")
    # The index lags behind: nothing is drained after this.
    if hide == "unpublish":
        lesson.unpublish()
    else:
        PageViewRestriction.objects.create(page=lesson, restriction_type=PageViewRestriction.LOGIN)
    assert send_alerts() == 0
    assert not Message.objects.exists()


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_loses_nothing_and_repeats_nothing(
    walvis: SavedSearch, lesson_index: LessonIndexPage, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    publish(lesson_index, "De walvis")
    send = services.mail

    def crash(*args: Any, **values: Any) -> None:
        if after:
            send(*args, **values)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(alerts, "mail", crash)
        with pytest.raises(KeyboardInterrupt):
            send_alerts()
    assert not Message.objects.exists()
    assert send_alerts() == 1
    assert send_alerts() == 0
    assert Message.objects.count() == 1


def test_two_workers_at_once_send_one_mail(
    walvis: SavedSearch, lesson_index: LessonIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(lesson_index, "De walvis")
    search = alerts._found
    counts = []

    def overtaken(saved: SavedSearch, new: set[int]) -> list[int] | None:
        monkeypatch.setattr(alerts, "_found", search)
        counts.append(send_alerts())
        return search(saved, new)

    monkeypatch.setattr(alerts, "_found", overtaken)
    counts.append(send_alerts())
    assert counts == [1, 0]
    assert Message.objects.count() == 1


def test_who_stops_while_the_mail_is_made_gets_none(
    walvis: SavedSearch, lesson_index: LessonIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(lesson_index, "De walvis")
    search = alerts._found

    def stopped(saved: SavedSearch, new: set[int]) -> list[int] | None:
        services.unsubscribe(saved.token)
        return search(saved, new)

    monkeypatch.setattr(alerts, "_found", stopped)
    assert send_alerts() == 0
    assert not Message.objects.exists()


def test_while_no_engine_answers_the_news_waits(
    walvis: SavedSearch, lesson_index: LessonIndexPage, tmp_path: Path, settings: Settings
) -> None:
    publish(lesson_index, "De walvis")
    working, settings.SEARCH_INDEX_DIR = settings.SEARCH_INDEX_DIR, tmp_path / "damaged"
    settings.SEARCH_INDEX_DIR.mkdir()
    (settings.SEARCH_INDEX_DIR / "CURRENT").write_text("nonsense")
    assert send_alerts() == 0
    settings.SEARCH_INDEX_DIR = working
    assert send_alerts() == 1


def test_a_filter_that_has_gone_does_not_widen_the_search(lesson_index: LessonIndexPage) -> None:
    followed("topic=bestaat-niet-meer")
    everything = followed("", "kim@school.example")
    publish(lesson_index, "De walvis")
    assert send_alerts() == 1
    assert Message.objects.get().recipient == everything.email


def test_filters_hold_for_mail(lesson_index: LessonIndexPage) -> None:
    followed("sector=po")
    followed("sector=mbo", "kim@school.example")
    publish(lesson_index, "De walvis", sectors=["po"])
    assert send_alerts() == 1
    assert Message.objects.get().recipient == ADDRESS
