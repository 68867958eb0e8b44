"""`manage.py export_lessons FILE`: all lessons in the template of the import."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lessons.exports.files import csv_lines, write_xlsx
from lessons.exports.rows import columns_for, rows_for
from lessons.models import LessonPage


class Command(BaseCommand):
    help = "Write the newest drafts of all lessons to an XLSX or CSV file that can be imported again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        pages = LessonPage.objects.order_by("path")
        columns = columns_for(pages)
        match path.suffix.lower():
            case ".xlsx":
                with path.open("wb") as file:
                    write_xlsx(file, rows_for(pages, columns), columns)
            case ".csv":
                with path.open("w", encoding="utf-8", newline="") as lines:
                    lines.writelines(csv_lines(rows_for(pages, columns), columns))
            case _:
                raise CommandError("Give a file that ends in .xlsx or .csv")
        self.stdout.write(f"{pages.count()} lessons")
