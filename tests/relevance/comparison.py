"""The finder beside Wagtail's own search, on the demo content in a database."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean

from django.conf import settings
from django.core.management import call_command
from wagtail.models import Page

from search.documents import SearchDocument
from search.engines.elasticsearch import ElasticsearchEngine
from search.finder import engine_for
from search.indexing import every_document, rebuild
from search.query import SearchQuery
from tests.benchmarks.stock.models import StockIndexPage, StockPage
from tests.relevance.harness import Report, TaggedDocument, evaluate, load_queries

DEPTH = 20


def compare_engines(target: Path) -> dict[str, Report]:
    """Ask every engine every judged question; print a table, write `target`."""
    call_command("migrate", verbosity=0)
    call_command("load_vocabulary", verbosity=0)
    call_command("load_content", *map(str, settings.DEMO_CONTENT), verbosity=0)
    for sink in settings.SEARCH_SINKS:
        rebuild(sink)
    documents = list(every_document())
    tagged = [TaggedDocument(document, frozenset(document.facets.get("topic", ()))) for document in documents]
    reports = {name: evaluate(ask, tagged) for name, ask in askers(documents).items()}
    print(f"{len(documents)} documents")
    if "elasticsearch" in reports:
        print(f"same first hit on both engines: {_same_first():.1%} of the judged questions")
    for name, report in reports.items():
        summary = report.summary()
        print(
            f"{name:32} nDCG@10 {summary['ndcg10']:.3f}  recall@10 {summary['recall10']:.3f}  "
            f"without a hit {summary['zero_hit']:3}  of {len(report.scores)} (left out {report.left_out})"
        )
    print("\nfinder, per trap:")
    for trap, (ndcg, number) in reports["embedded"].by_trap().items():
        print(f"  {trap:24} {ndcg:.3f}  ({number})")
    for sink in settings.SEARCH_SINKS:
        if isinstance(engine := engine_for(sink), ElasticsearchEngine):
            engine.index.drop_all()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({name: report.summary() for name, report in reports.items()}, indent=1) + "\n", encoding="utf-8")
    return reports


def askers(documents: list[SearchDocument]) -> dict[str, Callable[[str], Sequence[str]]]:
    """What is compared: name → question → keys of the answer, best first."""
    stock = stock_pages(documents)

    def finder(sink: str, *, labels: bool) -> Callable[[str], Sequence[str]]:
        def answer(text: str) -> list[str]:
            results = engine_for(sink).search(SearchQuery(text=text, size=DEPTH, labels=labels))
            return [hit.key for hit in (*results.hits, *results.related)]

        return answer

    def wagtail(text: str) -> list[str]:
        return [stock[page.pk] for page in StockPage.objects.live().search(text)[:DEPTH]]

    def wagtail_any(text: str) -> list[str]:
        return [stock[page.pk] for page in StockPage.objects.live().search(text, operator="or")[:DEPTH]]

    ours = {sink: finder(sink, labels=False) for sink in settings.SEARCH_SINKS}
    ours |= {f"{sink} with topic labels": finder(sink, labels=True) for sink in settings.SEARCH_SINKS}
    return ours | {
        "wagtail": wagtail,
        "wagtail, any word": wagtail_any,
    }


def _same_first() -> float:
    """The share of all judged questions with the same first hit on both engines."""
    questions = [SearchQuery(query.text, labels=False) for query in load_queries()]
    firsts = [[engine_for(sink).search(query).hits[:1] for sink in settings.SEARCH_SINKS] for query in questions]
    return fmean([hit.key for hit in one] == [hit.key for hit in other] for one, other in firsts)


def stock_pages(documents: list[SearchDocument]) -> dict[int, str]:
    """The same texts as stock pages in Wagtail's own index: key of the page → key of the document."""
    home = Page.objects.get(depth=2)
    index = home.add_child(instance=StockIndexPage(title="Stock", slug="stock"))
    keys = {}
    for document in documents:
        page = StockPage(title=document.title, slug=f"stock-{document.key}", intro=document.intro, body=document.body)
        keys[index.add_child(instance=page).pk] = document.key
    call_command("update_index", verbosity=0)
    return keys
