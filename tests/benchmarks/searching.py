"""Searching: both engines beside Wagtail's own search on the same texts, asked in turn."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from os import environ
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connection
from wagtail.search.backends import get_search_backend
from wagtail.search.query import MATCH_ALL

from lessons.models import LessonPage
from portal.content.processes import commands
from search.engines.elasticsearch import ElasticsearchEngine
from search.finder import engine_for
from search.query import SearchQuery
from tests.benchmarks.filling import CHUNK
from tests.benchmarks.measuring import Measure, compare
from tests.benchmarks.stock.models import FACETS, StockPage
from tests.worker import broker

CHOSEN = {"sector": ("po",), "wsa": ("curriculum",)}
QUESTIONS = {
    "one word": SearchQuery("water"),
    "three words": SearchQuery("water schoolplein meten"),
    "six facets, two chosen": SearchQuery("water schoolplein meten", filters=CHOSEN),
    "counts only, two chosen": SearchQuery(filters=CHOSEN),
    "a word with a slip": SearchQuery("schoolplien"),
}
# The longest that a change may take until it is found before the measurement gives up.
PATIENCE_SECONDS = 30


def measure_searching(rounds: int) -> Iterator[tuple[str, dict[str, Measure], str]]:
    """Title, measures by name, and what they are compared with, of each kind of question."""
    for title, query in QUESTIONS.items():
        asks = {sink: partial(engine_for(sink).search, query) for sink in settings.SEARCH_SINKS}
        yield title, compare(asks | {"wagtail": stock_search(query)}, rounds=rounds), "wagtail"
    completes = {sink: partial(engine_for(sink).suggest, "wat") for sink in settings.SEARCH_SINKS}
    yield "suggestions", compare(completes | {"wagtail": stock_suggestions}, rounds=rounds), "wagtail"


def index_stock() -> None:
    """Fill Wagtail's own index, with the stock pages alone: twice the number of pages would not be fair to it."""
    index = get_search_backend().get_index_for_model(StockPage)
    pages = StockPage.objects.order_by("pk")
    for first in range(0, pages.count(), CHUNK):
        index.add_items(StockPage, list(pages[first : first + CHUNK]))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def stock_search(query: SearchQuery) -> Callable[[], object]:
    """The same question to Wagtail's own search: a page of keys and the total, as our engines give; with facets, their counts. No
    page is loaded. A slip stays one."""

    def search() -> object:
        pages = StockPage.objects.live().filter(**{name: codes[0] for name, codes in query.filters.items()})
        found = pages.search(query.text or MATCH_ALL)
        counts = [found.facet(name) for name in FACETS] if query.filters else [found.count()]
        return list(found[: query.size].get_queryset().values_list("pk", flat=True)), counts

    return search


def stock_suggestions() -> object:
    """Titles that complete what was typed, by Wagtail's own autocompletion."""
    return list(StockPage.objects.live().autocomplete("wat")[:8].get_queryset().values_list("title", flat=True))


def measure_until_found(rounds: int) -> dict[str, Measure]:
    """From publishing a page until each engine finds it, while a worker runs beside this process."""
    pages = list(LessonPage.objects.order_by("pk")[:rounds])
    chance = Random(7)

    def until_found(sink: str, turn: Iterator[LessonPage]) -> None:
        page = next(turn)
        # No page holds it yet, and no ending turns it into another.
        word = "zwoblix" + "".join(chance.choices("bcdfghklmnprtvw", k=10))
        page.title = f"{page.title} {word}"
        page.save_revision(clean=False).publish(skip_permission_checks=True)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while engine_for(sink).search(SearchQuery(word, correct=False)).total != 1:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{sink} does not find {word!r}")
            time.sleep(0.01)

    with worker():
        return compare({sink: partial(until_found, sink, cycle(pages)) for sink in settings.SEARCH_SINKS}, rounds=rounds)


@contextmanager
def worker() -> Iterator[None]:
    """A worker in a process of its own, for what this process publishes meanwhile."""
    command = commands(port=0, var_dir=Path(settings.VAR_DIR))["worker"]
    with broker(environ.get("BROKER_URL", "")), subprocess.Popen(command, env={**environ, "BENCH_WORKER": "1"}) as process:
        try:
            yield
        finally:
            process.terminate()


def leave() -> None:
    """Delete what was made on servers."""
    for sink in settings.SEARCH_SINKS:
        if isinstance(engine := engine_for(sink), ElasticsearchEngine):
            engine.index.drop_all()
