"""A round of searches through the whole site, and what became of them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from django.test import Client

WORDS = cycle(("afval", "schooltuin", "energie besparen", "water", "klimaat verandering", "walvis", "plastic soep", "bij"))


@dataclass(frozen=True, slots=True)
class Round:
    """How searches went, times in milliseconds. `after` is the 95th percentile of those that came after the first ten."""

    name: str
    number: int
    errors: int
    degraded: int
    p50: float
    p95: float
    slowest: float
    after: float

    def line(self, base: "Round | None" = None) -> str:
        """A line of the table."""
        counts = f"{self.name:12}{self.number:8}{self.errors:8}{self.degraded:10}"
        more = f"{self.after - base.after:+8.1f}" if base else ""
        return f"{counts}{self.p50:9.1f}{self.p95:9.1f}{self.slowest:10.1f}{more}"


HEAD = f"{'':12}{'asked':>8}{'5xx':>8}{'degraded':>10}{'p50 ms':>9}{'p95 ms':>9}{'slowest':>10}{'more':>8}"


def ask(name: str, number: int) -> Round:
    """Ask the finder `number` questions."""
    answers = list(_answers(number))
    times = sorted(milliseconds for _, _, milliseconds in answers)
    after = sorted(milliseconds for _, _, milliseconds in answers[10:]) or times
    return Round(
        name,
        number,
        sum(status >= 500 for status, _, _ in answers),
        sum(degraded for _, degraded, _ in answers),
        times[len(times) // 2],
        _p95(times),
        times[-1],
        _p95(after),
    )


def _answers(number: int) -> Iterator[tuple[int, bool, float]]:
    client = Client(raise_request_exception=False)
    for _, words in zip(range(number), WORDS, strict=False):
        begin = time.perf_counter()
        response = client.get("/zoeken/", {"q": words})
        milliseconds = (time.perf_counter() - begin) * 1000
        yield response.status_code, response.context is not None and response.context["finder"].degraded, milliseconds


def _p95(ordered: list[float]) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
