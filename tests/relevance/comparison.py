"""The finder beside Wagtail's own search, on the demo content in a database."""

import json
from collections.abc import Callable, Iterator, Sequence
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
    reports = {name: evaluate(ask, tagged) for name, ask in askers(documents)}
    print(f"{len(documents)} documents")
    if "elasticsearch" in reports:
        print(f"same first hit on both engines: {_same_first():.1%} of the judged questions")
    for name, report in reports.items():
        summary = report.summary()
        print(
            f"{name:36} nDCG@10 {summary['ndcg10']:.3f}  recall@10 {summary['recall10']:.3f}  "
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


def askers(documents: list[SearchDocument]) -> Iterator[tuple[str, Callable[[str], Sequence[str]]]]:
    """What is compared: names, and question → keys of the answer, best first. To be asked before the next one is taken."""

    def finder(sink: str, *, labels: bool) -> Callable[[str], Sequence[str]]:
        def answer(text: str) -> list[str]:
            results = engine_for(sink).search(SearchQuery(text=text, size=DEPTH, labels=labels))
            return [hit.key for hit in (*results.hits, *results.related)]

        return answer

    def wagtail(stock: dict[int, str], operator: str) -> Callable[[str], Sequence[str]]:
        def answer(text: str) -> list[str]:
            return [stock[page.pk] for page in StockPage.objects.live().search(text, operator=operator)[:DEPTH]]

        return answer

    for labels, name in ((False, ""), (True, " with topic labels")):
        for sink in settings.SEARCH_SINKS:
            yield f"{sink}{name}", finder(sink, labels=labels)
    for labels, name in ((False, ""), (True, " with topic labels")):
        stock = stock_pages(documents, labels=labels)
        yield f"wagtail{name}", wagtail(stock, "and")
        yield f"wagtail, any word{name}", wagtail(stock, "or")


def _same_first() -> float:
    """The share of all judged questions with the same first hit on both engines."""
    questions = [SearchQuery(query.text, labels=False) for query in load_queries()]
    firsts = [[engine_for(sink).search(query).hits[:1] for sink in settings.SEARCH_SINKS] for query in questions]
    return fmean([hit.key for hit in one] == [hit.key for hit in other] for one, other in firsts)


def stock_pages(documents: list[SearchDocument], *, labels: bool) -> dict[int, str]:
    """All that our engines read, with the names of topics or without, as the texts of stock pages in Wagtail's own index, in the
    place of those that stood there: key of the page → key of the document."""
    for before in StockIndexPage.objects.all():
        before.delete()
    home = Page.objects.get(depth=2)
    index = home.add_child(instance=StockIndexPage(title="Stock", slug="stock"))
    keys = {}
    for document in documents:
        texts = [document.body, document.audience, document.links, document.labels if labels else ""]
        page = StockPage(title=document.title, slug=f"stock-{document.key}", intro=document.intro, body="\n".join(texts))
        keys[index.add_child(instance=page).pk] = document.key
    call_command("update_index", verbosity=0)
    return keys
