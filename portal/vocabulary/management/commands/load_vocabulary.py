"""`manage.py load_vocabulary`: the schemes of `portal/vocabulary/data/` into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.vocabulary.enums import Scheme, Source
from portal.vocabulary.loading import DATA, load
from portal.vocabulary.rows import UnreadableFileError, read_scheme


class Command(BaseCommand):
    help = "Load the vocabulary files. Running it again changes nothing; what editors changed by hand stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
        parser.add_argument("--folder", type=Path, default=DATA, help="folder with a file <scheme>.json for each scheme")

    def handle(self, *args: Any, folder: Path, dry_run: bool, verbosity: int, **options: Any) -> None:
        with transaction.atomic():
            total = changes = 0
            for scheme in Scheme:
                try:
                    loaded = load(scheme=scheme, rows=read_scheme(folder / f"{scheme}.json"), source=Source.FILE)
                except UnreadableFileError as error:
                    raise CommandError(f"{scheme}: nothing was loaded.\n{error}") from error
                total += loaded.total
                changes += len([*loaded.created, *loaded.updated, *loaded.retired, *loaded.returned])
                if verbosity:
                    self.stdout.write(f"{scheme:12}{loaded}")
            transaction.set_rollback(dry_run)
        if verbosity:
            done = "would change" if dry_run else "changed"
            self.stdout.write(self.style.SUCCESS(f"{len(Scheme)} schemes, {total} concepts, {changes} {done}"))
