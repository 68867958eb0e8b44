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
from django.test import Client  # noqa: E402

from lessons.models import LessonPage  # noqa: E402
from search import indexing  # noqa: E402
from tests.benchmarks.boards import board_pages  # noqa: E402
from tests.benchmarks.filling import fill  # noqa: E402
from tests.benchmarks.matching import matching  # noqa: E402
from tests.benchmarks.measuring import Measure, compare, once, table, write  # noqa: E402
from tests.benchmarks.register import register_pages  # noqa: E402
from tests.benchmarks.searching import index_stock, leave, measure_searching, measure_until_found  # noqa: E402
from tests.benchmarks.stock.models import StockPage  # noqa: E402

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
        "wagtail: its own index": once(index_stock),
    }
    show("index build", build, "wagtail: its own index")
    ours, stock = get(f"/lessen/{SLUG}/"), get(f"/stock/stock/{SLUG}/")
    show(
        "lesson page", compare({"portal, kept": ours, "portal, nothing kept": cold(ours), "wagtail": stock}, rounds=60), "wagtail"
    )
    listing = get("/stock/stock/")
    for name, page, listed in (("home", get("/"), listing), ("section", get("/kennis/"), get("/stock/stock-kennis/"))):
        variants = {f"portal: {name}, kept": page, f"portal: {name}, nothing kept": cold(page), "wagtail: listing": listed}
        show(name, compare(variants, rounds=15), "wagtail: listing")
    show(
        "lessons",
        compare({"portal: finder at /lessen/": get("/lessen/"), "wagtail: listing": listing}, rounds=15),
        "wagtail: listing",
    )
    rounds = 40 if size <= 1_000 else 20 if size <= 10_000 else 10
    page = get("/zoeken/?q=water+schoolplein+meten&sector=po&wsa=curriculum")
    show(
        "finder with six facets, two chosen",
        {"portal: page /zoeken/": compare({"page": page}, rounds=rounds)["page"]},
        "portal: page /zoeken/",
    )
    for title, measures, base in measure_searching(rounds):
        show(title, measures, base)
    pages = {name: get(address) for name, address in register_pages().items()}
    show("register of 9,000 schools", compare(pages, rounds=rounds), next(iter(pages)))
    boards = board_pages()
    show("board", compare(boards, rounds=rounds), next(iter(boards)))
    show("matching", compare(matching(), rounds=rounds), "portal: one question to the finder")
    show("publish", compare({"portal": publish(LessonPage), "wagtail": publish(StockPage)}, rounds=20), "wagtail")
    show("published until found, with a worker", measure_until_found(20), settings.SEARCH_SINKS[0])
    leave()
    write(folder, str(size), results)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
