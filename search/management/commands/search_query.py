"""`manage.py search_query "afval groep 6" --facet sector=po`: try a search from the shell."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict

from portal.content.cards import specific_pages
from search.finder import find
from search.forms import parse
from search.registry import facets


class Command(BaseCommand):
    help = "Try a search from the shell."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text")
        parser.add_argument("--facet", action="append", default=[], metavar="NAME=CODE", help="A filter; may be given again.")
        parser.add_argument("--page", default="1")
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        data = QueryDict(mutable=True)
        data["q"], data["page"] = options["text"], options["page"]
        for pair in options["facet"]:
            name, sign, code = pair.partition("=")
            if not sign or name not in facets():
                raise CommandError(f"{pair!r} is no NAME=CODE; names are {', '.join(facets())}")
            data.appendlist(name, code)
        request = parse(data)
        if request.unknown:
            raise CommandError(f"Unknown code for: {', '.join(request.unknown)}")
        results = find(request.query)
        if not results.available:
            raise CommandError("The search engine does not answer; see the log.")
        pages = {str(page.pk): page for page in specific_pages([int(hit.key) for hit in results.hits])}
        hits = [
            {"key": hit.key, "score": round(hit.score, 3), "title": pages[hit.key].title, "url": pages[hit.key].url}
            for hit in results.hits
            if hit.key in pages
        ]
        answer = {"total": results.total, "did_you_mean": results.did_you_mean, "hits": hits, "facets": results.facets}
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        self.stdout.write(
            f"{results.total} found" + (f", did you mean {results.did_you_mean!r}?" if results.did_you_mean else "")
        )
        for hit in hits:
            self.stdout.write(f"{hit['score']:8.3f}  {hit['title']}  {hit['url']}")
