"""`manage.py search_reconcile`: compare every index with the database and mend the differences."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineUnavailable
from search.indexing import reconcile


class Command(BaseCommand):
    help = "Compare every index with the database, both ways, and mend the differences."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sink", choices=settings.SEARCH_SINKS, action="append", help="Only this engine.")

    def handle(self, *args: Any, **options: Any) -> None:
        for sink in options["sink"] or settings.SEARCH_SINKS:
            try:
                wrong = reconcile(sink)
            except EngineUnavailable as error:
                raise CommandError(f"{sink}: {error}") from error
            self.stdout.write(f"{sink}: {wrong} differences mended" if wrong else f"{sink}: agrees with the database")
