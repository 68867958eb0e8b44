"""`manage.py search_reconcile`: compare every index with the database and mend the differences."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineUnavailable
from search.indexing import reconcile


class Command(BaseCommand):
    help = "Compare every index with the database, both ways, and mend the differences."

    def handle(self, *args: Any, **options: Any) -> None:
        for sink in settings.SEARCH_SINKS:
            try:
                wrong = reconcile(sink)
            except EngineUnavailable as error:
                raise CommandError(f"{sink}: {error}") from error
            self.stdout.write(f"{sink}: {wrong} differences mended" if wrong else f"{sink}: agrees with the database")
