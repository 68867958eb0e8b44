"""`manage.py load_statements`: the statements of the quick scan."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schools.scan.loading import load_statements


class Command(BaseCommand):
    help = "Load the statements of the quick scan that are not there yet; what editors changed stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = load_statements()
        except LookupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made} statements made")
