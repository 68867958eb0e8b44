"""A round of searches through the whole site, and of publishing, and what became of them.

What a fault costs is told by turns: every fourth search, and every second change, is done with the embedded engine alone, so that
whatever else the machine does falls on both alike.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from django.db import transaction
from django.test import Client, override_settings

from lessons.models import LessonPage
from tests.faults.visitors import SIMPLER

WORDS = cycle(("afval", "schooltuin", "energie besparen", "water", "klimaat verandering", "walvis", "plastic soep", "bij"))
_ALONE = override_settings(SEARCH_SINKS=["embedded"])
# After so many searches the breaker is open.
_FIRST = 10


@dataclass(frozen=True, slots=True)
class Round:
    """How searches went, times in milliseconds. `after` is the 95th percentile of those that came after the first ten, `more` how
    much of that is the fault's, `publish` the 95th percentile of publishing meanwhile, `slower` how much of that is."""

    name: str
    number: int
    errors: int
    degraded: int
    p50: float
    p95: float
    slowest: float
    after: float
    more: float
    publish: float
    slower: float

    def line(self) -> str:
        """A line of the table."""
        counts = f"{self.name:12}{self.number:8}{self.errors:8}{self.degraded:10}"
        times = f"{self.p50:9.1f}{self.p95:9.1f}{self.slowest:10.1f}{self.more:+8.1f}"
        return f"{counts}{times}{self.publish:9.1f}{self.slower:+8.1f}"


_COUNTS = f"{'':12}{'asked':>8}{'5xx':>8}{'degraded':>10}"
HEAD = f"{_COUNTS}{'p50 ms':>9}{'p95 ms':>9}{'slowest':>10}{'more':>8}{'publish':>9}{'slower':>8}"


def ask(name: str, number: int) -> Round:
    """Ask the finder `number` questions, and publish a twentieth as often."""
    answers, alone = [], []
    client = Client(raise_request_exception=False)
    for turn, words in zip(range(number), WORDS, strict=False):
        answers.append(_answer(client, words))
        if turn % 4 == 3:
            with _ALONE:
                alone.append(_answer(client, words)[2])
    times = [milliseconds for _, _, milliseconds in answers]
    after = _p95(times[_FIRST:] or times)
    changes = list(_publish(2 * max(1, number // 20)))
    return Round(
        name,
        number,
        errors=sum(status >= 500 for status, _, _ in answers),
        degraded=sum(degraded for _, degraded, _ in answers),
        p50=sorted(times)[len(times) // 2],
        p95=_p95(times),
        slowest=max(times),
        after=after,
        more=after - _p95(alone or times),
        publish=_p95(changes[::2]),
        slower=_p95(changes[::2]) - _p95(changes[1::2]),
    )


def _answer(client: Client, words: str) -> tuple[int, bool, float]:
    """Status, whether a fall-back answered, and milliseconds."""
    begin = time.perf_counter()
    response = client.get("/zoeken/", {"q": words})
    milliseconds = (time.perf_counter() - begin) * 1000
    return response.status_code, SIMPLER in response.content, milliseconds


def _publish(number: int) -> Iterator[float]:
    """Publish a change `number` times as the admin does, in a transaction, every second time with the embedded engine alone;
    milliseconds of each."""
    page = LessonPage.objects.live().first()
    for turn in range(number):
        begin = time.perf_counter()
        if turn % 2:
            with _ALONE:
                _change(page, turn)
        else:
            _change(page, turn)
        yield (time.perf_counter() - begin) * 1000


@transaction.atomic
def _change(page: LessonPage, turn: int) -> None:
    page.title = f"{page.title.split(' #')[0]} #{turn}"
    page.save_revision(clean=False).publish(skip_permission_checks=True)


def _p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]
