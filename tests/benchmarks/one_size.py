"""All measurements at one size; called by `python -m tests.benchmarks`."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from lessons.models import LessonPage  # noqa: E402
from search import indexing  # noqa: E402
from search.engines.elasticsearch import ElasticsearchEngine  # noqa: E402
from search.finder import engine_for, find  # noqa: E402
from search.query import SearchQuery  # noqa: E402
from tests.benchmarks.filling import fill  # noqa: E402
from tests.benchmarks.measuring import Measure, compare, once, table, write  # noqa: E402
from tests.benchmarks.stock.models import FACETS, StockPage  # noqa: E402

SLUG = "les-3"


def get(address: str) -> Callable[[], object]:
    """One GET through all middleware."""
    client = Client()

    def ask() -> object:
        response = client.get(address, headers={"accept-encoding": "identity"})
        assert response.status_code == 200, (address, response.status_code)
        return response

    return ask


def cold(ask: Callable[[], object]) -> Callable[[], object]:
    """The same GET with nothing kept."""

    def asked() -> object:
        caches["documents"].clear()
        return ask()

    return asked


def stock_search(text: str) -> Callable[[], object]:
    """Wagtail's own search with the counts of six filters, two of them chosen."""

    def search() -> object:
        pages = StockPage.objects.live().filter(sector="po", wsa="curriculum")
        found = pages.search(text)
        return [page.title for page in found[:20]], [found.facet(name) for name in FACETS]

    return search


CHOSEN = {"sector": ("po",), "wsa": ("curriculum",)}
QUESTIONS = {
    "one word": SearchQuery("water"),
    "three words": SearchQuery("water schoolplein meten"),
    "six facets, two chosen": SearchQuery("water schoolplein meten", filters=CHOSEN),
    "counts only, two chosen": SearchQuery(filters=CHOSEN),
    "a word with a slip": SearchQuery("schoolplien"),
}


def engine_answers(title: str) -> dict[str, Callable[[], object]]:
    """A question of QUESTIONS to each engine."""
    return {sink: partial(engine_for(sink).search, QUESTIONS[title]) for sink in settings.SEARCH_SINKS}


def suggestions() -> dict[str, Callable[[], object]]:
    """What each engine makes of three letters."""
    return {sink: partial(engine_for(sink).suggest, "wat") for sink in settings.SEARCH_SINKS}


def publish(model: type[Any]) -> Callable[[], object]:
    """Publish a change of one page after the other."""
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True)[:50])
    turn = iter(range(10**6))

    def change() -> object:
        number = next(turn)
        page = model.objects.get(pk=keys[number % len(keys)])
        page.title = f"{page.title.split(' #')[0]} #{number}"
        return page.save_revision(clean=False).publish(skip_permission_checks=True)

    return change


def until_searchable() -> object:
    """Publish a page with a new word; the worker's part; find it."""
    page = LessonPage.objects.order_by("pk").last()
    page.title = "Zwoblixkrant"
    page.save_revision(clean=False).publish(skip_permission_checks=True)
    for sink in settings.SEARCH_SINKS:
        indexing.drain(sink)
    assert find(SearchQuery(text="zwoblixkrant")).total == 1
    return page


def main(size: int, folder: Path) -> None:
    """Fill, measure, print, keep."""
    fill(size)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    results: dict[str, dict[str, Measure]] = {}

    def show(title: str, measures: dict[str, Measure], base: str) -> None:
        results[title] = measures
        print(table(f"{title} at {size} lessons", measures, base=base), flush=True)

    build = {
        **{f"portal: search_rebuild {sink}": once(partial(indexing.rebuild, sink)) for sink in settings.SEARCH_SINKS},
        "wagtail: update_index": once(lambda: call_command("update_index", verbosity=0)),
    }
    show("index build", build, "wagtail: update_index")
    ours, stock = get(f"/lessen/{SLUG}/"), get(f"/stock/stock/{SLUG}/")
    show(
        "lesson page", compare({"portal, kept": ours, "portal, nothing kept": cold(ours), "wagtail": stock}, rounds=60), "wagtail"
    )
    listing, home, section = get("/stock/stock/"), get("/"), get("/kennis/")
    for name, page in (("home", home), ("section", section)):
        variants = {f"portal: {name}, kept": page, f"portal: {name}, nothing kept": cold(page), "wagtail: listing": listing}
        show(name, compare(variants, rounds=15), "wagtail: listing")
    show(
        "lessons",
        compare({"portal: finder at /lessen/": get("/lessen/"), "wagtail: listing": listing}, rounds=15),
        "wagtail: listing",
    )
    rounds = 20 if size <= 1_000 else 8
    text = "water schoolplein meten"
    searches = {
        **{f"portal: {sink}, six facets and more": ask for sink, ask in engine_answers("six facets, two chosen").items()},
        "portal: page /zoeken/": get(f"/zoeken/?q={text.replace(' ', '+')}&sector=po&wsa=curriculum"),
        "wagtail: search, six facets": stock_search(text),
    }
    show("search", compare(searches, rounds=rounds), "wagtail: search, six facets")
    for title in QUESTIONS:
        show(title, compare(engine_answers(title), rounds=rounds), "embedded")
    show("suggestions", compare(suggestions(), rounds=rounds), "embedded")
    show("publish", compare({"portal": publish(LessonPage), "wagtail": publish(StockPage)}, rounds=20), "wagtail")
    show("until searchable", {"portal: publish, drain, find": once(until_searchable)}, "portal: publish, drain, find")
    for sink in settings.SEARCH_SINKS:
        if isinstance(engine := engine_for(sink), ElasticsearchEngine):
            engine.index.drop_all()
    write(folder, str(size), results)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
