"""`manage.py load_concepts_csv curriculum keuzedelen.csv`: further concepts, for example keuzedelen, from a CSV file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.vocabulary.enums import Scheme, Source
from portal.vocabulary.loading import load
from portal.vocabulary.rows import KEYS, UnreadableFileError, read_csv


class Command(BaseCommand):
    help = f"Load concepts of one scheme from a CSV file with a heading of {', '.join(KEYS)}. Lists are separated by |."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scheme", choices=Scheme.values)
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")

    def handle(self, *args: Any, scheme: str, file: Path, dry_run: bool, verbosity: int, **options: Any) -> None:
        try:
            with transaction.atomic():
                loaded = load(scheme=Scheme(scheme), rows=read_csv(file), source=Source.CSV)
                transaction.set_rollback(dry_run)
        except UnreadableFileError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        if verbosity:
            self.stdout.write(self.style.SUCCESS(f"{scheme}: {loaded}{' (dry run)' if dry_run else ''}"))
