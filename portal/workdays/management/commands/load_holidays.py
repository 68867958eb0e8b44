"""`manage.py load_holidays [FILE]`: school holidays from a CSV file, or the examples of the demo."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.workdays.loading import EXAMPLES, HolidayFileError, load_holidays


class Command(BaseCommand):
    help = "Load school holidays from a CSV file, or examples where the table has nothing yet; see docs/workdays.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        try:
            created, changed = load_holidays(path or EXAMPLES, example=path is None)
        except HolidayFileError as error:
            raise CommandError(f"{error}. Nothing was changed.") from error
        self.stdout.write(f"{created} school holidays new, {changed} changed")
