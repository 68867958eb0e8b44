"""`manage.py load_content FOLDER…`: load content files into pages."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.content.loading.loader import load_folders
from portal.content.loading.reading import ContentFileError


class Command(BaseCommand):
    help = "Load content files (TOML) into pages; see docs/content-files.md. Loading again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folders", nargs="+", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [str(folder) for folder in options["folders"] if not folder.is_dir()]
        if missing:
            raise CommandError(f"No such folder: {', '.join(missing)}")
        try:
            report = load_folders(options["folders"], progress=self.stdout.write)
        except ContentFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{report.created} pages made, {report.updated} changed, {report.unchanged} unchanged")
