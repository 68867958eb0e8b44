"""`manage.py search_rebuild`: build the search index anew beside the live one, and swap."""

from functools import partial
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineUnavailable
from search.indexing import rebuild

# So many pages lie between two lines of progress.
STEP = 1_000


class Command(BaseCommand):
    help = "Build the search index anew beside the live one, and swap."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sink", choices=settings.SEARCH_SINKS, action="append", help="Only this engine.")

    def handle(self, *args: Any, **options: Any) -> None:
        for sink in options["sink"] or settings.SEARCH_SINKS:
            begin = monotonic()
            try:
                count = rebuild(sink, progress=partial(self._say, sink))
            except EngineUnavailable as error:
                raise CommandError(f"{sink}: {error}") from error
            self.stdout.write(f"{sink}: {count} documents in {monotonic() - begin:.1f} s")

    def _say(self, sink: str, done: int, of: int) -> None:
        if done % STEP == 0 and done < of:
            self.stderr.write(f"{sink}: {done} of {of} pages read")
