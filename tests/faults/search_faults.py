"""`python -m tests.faults.search_faults [NUMBER]`: the finder under every fault of Elasticsearch, NUMBER (1,000) searches each.

Prints a table, in milliseconds. `more` is how much the 95th percentile of searching after the breaker opened lies above that of
the embedded engine alone, `publish` the 95th percentile of publishing a lesson meanwhile, and `slower` how much of it is the
fault's. Ends with an error when a promise is broken. ELASTICSEARCH_URL_TEST names the server that comes back.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

MOST_MS, P95_MS, MORE_MS, PUBLISHING_MS = 2_000, 1_000, 50, 500


def main(number: int) -> int:
    """Load the demo content, ask under each fault, print."""
    with tempfile.TemporaryDirectory(prefix="portal-faults-") as folder:
        os.environ.update(BENCH_DIR=folder, DJANGO_SETTINGS_MODULE="tests.benchmarks.settings")
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/faults.sqlite3"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("load_vocabulary", verbosity=0)
        call_command("load_content", *map(str, settings.DEMO_CONTENT), verbosity=0, stdout=StringIO())
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        from tests.faults.rounds import HEAD

        print(HEAD)
        broken = list(_rounds(number, os.environ.get("ELASTICSEARCH_URL_TEST", "")))
    for promise in filter(None, broken):
        print(f"broken: {promise}")
    return any(broken)


def _rounds(number: int, server: str) -> Iterator[str]:
    """One line a fault; yields the promises that it broke."""
    from django.conf import settings
    from django.core.cache import caches

    from search import finder, indexing
    from search.engines.elastic_client import PATIENCE_SECONDS
    from search.engines.elasticsearch import ElasticsearchEngine
    from tests.faults.proxy import proxy
    from tests.faults.rounds import ask

    access = {"prefix": "faults", **getattr(settings, "ELASTICSEARCH", {}), "patience": PATIENCE_SECONDS}
    settings.SEARCH_SINKS = ["embedded"]
    indexing.rebuild("embedded")
    print(ask("embedded", number).line(), flush=True)
    with proxy(server) as between:
        settings.SEARCH_SINKS = ["elasticsearch", "embedded"]
        settings.ELASTICSEARCH = access | {"urls": (between.url,)}
        if server:
            indexing.rebuild("elasticsearch")
        for mode in ("down", "refused", "hanging", "red", "back") if server else ("down", "refused", "hanging", "red"):
            between.become(mode)
            caches["default"].clear()
            done = ask(mode, number)
            print(done.line(), flush=True)
            yield "an error" if done.errors else ""
            yield f"{mode}: {done.slowest:.0f} ms" if done.slowest > MOST_MS or done.p95 > P95_MS else ""
            yield f"{mode}: {done.more:.0f} ms more" if mode != "back" and done.more > MORE_MS else ""
            yield f"{mode}: publishing {done.slower:.0f} ms slower" if done.slower > PUBLISHING_MS else ""
            yield f"{mode}: degraded {done.degraded}" if done.degraded != (0 if mode == "back" else number) else ""
        if server and isinstance(engine := finder.engine_for("elasticsearch"), ElasticsearchEngine):
            engine.index.drop_all()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000))
