"""Counting searches: without people, without the database in a GET, and never twice."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.models import LessonIndexPage
from portal.content.models import HomePage
from search.counting import counters, services
from search.counting.counters import JournalCounter, RedisCounter
from search.counting.events import Event, scrub
from search.models import ClickCount, FoldedBatch, SearchCount
from tests.services import requires_url


@pytest.fixture
def journal(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> JournalCounter:
    settings.VAR_DIR, settings.REDIS_URL = tmp_path, ""
    monkeypatch.setattr(counters, "SETTLED_SECONDS", -60)
    counters._made.cache_clear()
    return JournalCounter(tmp_path / "counts")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Afval groep 6", "afval groep 6"),
        ("mail jan@school.example over afval", "mail over afval"),
        ("bel 06-12345678", "bel"),
        ("bel 06 12 34 56 78 nu", "bel nu"),
        ("sdg 13", "sdg 13"),
        ("123456789", ""),
        ("a\x00b", "a b"),
        ("?", ""),
        ('"" – ¿!_', ""),
        ("é?", "é?"),
        ("7", "7"),
        ("x" * 300, "x" * 80),
    ],
)
def test_what_is_kept_of_a_search(typed: str, kept: str) -> None:
    assert scrub(typed) == kept


def test_a_search_is_counted_once_it_is_folded(client: Client, site: HomePage, journal: JournalCounter) -> None:
    client.get("/zoeken/?q=zwoblix")
    client.get("/zoeken/?q=Zwoblix&page=2")
    assert not SearchCount.objects.exists()
    assert services.fold() == 1
    row = SearchCount.objects.get()
    assert (row.text, row.searches, row.without_result) == ("zwoblix", 1, 1)
    assert services.fold() == 0


@pytest.mark.parametrize("more", ["subject=milieu", "kind=les", "sort=title", "sort=new", "sector=po&sort=title"])
def test_a_search_with_filters_or_another_order_is_not_counted_again(
    client: Client, site: HomePage, journal: JournalCounter, more: str
) -> None:
    client.get(f"/zoeken/?q=zwoblix&{more}")
    assert services.fold() == 0
    # The order that everybody gets is no choice, nor is a filter without a value.
    client.get("/zoeken/?q=zwoblix&sort=relevance&subject=")
    assert services.fold() == 1
    assert SearchCount.objects.get().without_result == 1


def test_the_filter_of_a_page_itself_is_no_choice(client: Client, lesson_index: LessonIndexPage, journal: JournalCounter) -> None:
    client.get(f"{lesson_index.url}?q=zwoblix&sector=po")
    assert services.fold() == 0
    client.get(f"{lesson_index.url}?q=zwoblix")
    services.fold()
    assert SearchCount.objects.get().searches == 1


@pytest.mark.parametrize("text", ["%3F", "%22", "%22%22+-+_"])
def test_signs_alone_are_not_counted(client: Client, site: HomePage, journal: JournalCounter, text: str) -> None:
    assert client.get(f"/zoeken/?q={text}").status_code == 200
    assert services.fold() == 0


def test_a_get_writes_nothing_to_the_database(client: Client, site: HomePage, journal: JournalCounter) -> None:
    client.get("/zoeken/?q=afval")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/zoeken/?q=afval")
    assert all(query["sql"].lstrip().startswith(("SELECT", "SAVEPOINT", "RELEASE")) for query in queries)


def test_a_crash_between_folding_and_forgetting_counts_nothing_twice(db: None, journal: JournalCounter) -> None:
    services.count_search("afval", total=3)

    class Forgetful(JournalCounter):
        def forget(self, name: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.fold(source=Forgetful(journal._folder))
    assert SearchCount.objects.get().searches == 1
    services.fold()
    assert SearchCount.objects.get().searches == 1
    # The control: without the name of the batch it would count again.
    services.count_search("afval", total=3)
    FoldedBatch.objects.all().delete()
    services.fold()
    assert SearchCount.objects.get().searches == 2


def test_answers_and_clicks_are_counted(client: Client, site: HomePage, journal: JournalCounter) -> None:
    assert client.post("/zoeken/klik/", {"q": "afval", "key": "12", "position": "3"}).status_code == 204
    assert client.post("/zoeken/gevonden/", {"q": "afval", "found": "nee"}).status_code == 200
    assert client.post("/zoeken/gevonden/", {"q": "afval", "found": "nee"}).status_code == 200
    services.fold()
    assert ClickCount.objects.get().position == 3
    row = SearchCount.objects.get()
    assert (row.not_found, row.searches) == (1, 0)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"q": "afval"},
        {"q": "afval", "key": "x", "position": "1"},
        {"q": "afval", "key": "1", "position": "9" * 30},
        {"q": "\x00", "key": "1", "position": "1"},
    ],
)
def test_hostile_beacons_count_nothing(client: Client, site: HomePage, journal: JournalCounter, data: dict[str, str]) -> None:
    assert client.post("/zoeken/klik/", data).status_code == 204
    services.fold()
    assert not ClickCount.objects.exists()


def test_other_sites_cannot_count(client: Client, site: HomePage, journal: JournalCounter) -> None:
    client.post("/zoeken/klik/", {"q": "afval", "key": "1", "position": "1"}, headers={"origin": "https://elders.example"})
    assert (
        client.post("/zoeken/gevonden/", {"q": "a", "found": "ja"}, headers={"sec-fetch-site": "cross-site"}).status_code == 400
    )
    assert services.fold() == 0


def test_broken_lines_of_a_journal_are_passed_over(db: None, journal: JournalCounter, tmp_path: Path) -> None:
    services.count_search("afval", total=1)
    (file,) = (tmp_path / "counts").iterdir()
    file.write_bytes(file.read_bytes() + b'{"kind": "sea\xff\n[]\n{"day": "x"}\n')
    services.fold()
    assert SearchCount.objects.get().searches == 1


def test_the_file_of_this_minute_is_left_alone(tmp_path: Path) -> None:
    journal = JournalCounter(tmp_path)
    journal.add(Event("search", timezone.localdate(), "afval"))
    assert list(journal.batches()) == []
    (file,) = tmp_path.iterdir()
    file.rename(tmp_path / f"{int(time.time()) // 60 - 5}-{os.getpid()}.jsonl")
    assert len(list(journal.batches())) == 1


def test_a_journal_that_cannot_be_written_costs_no_page(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    JournalCounter(tmp_path / "file" / "below").add(Event("search", timezone.localdate(), "afval"))


def test_old_counts_are_forgotten(db: None) -> None:
    today = timezone.localdate()
    SearchCount.objects.create(day=today - timedelta(days=services.KEEP_DAYS + 1), text="oud")
    SearchCount.objects.create(day=today, text="nieuw")
    assert services.forget_old() == 1
    assert SearchCount.objects.get().text == "nieuw"


def test_redis_counts_the_same_way(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    url = requires_url("REDIS_URL_TEST")
    monkeypatch.setattr(counters, "SETTLED_SECONDS", -60)
    counter = RedisCounter(url)
    for name, _ in list(counter.batches()):
        counter.forget(name)
    for _ in range(3):
        counter.add(Event("search", timezone.localdate(), "afval"))
    assert services.fold(source=counter) == 1
    assert SearchCount.objects.get().searches == 3
    assert list(counter.batches()) == []


def test_redis_that_is_away_costs_no_page() -> None:
    RedisCounter("redis://127.0.0.1:1/0").add(Event("search", timezone.localdate(), "afval"))
