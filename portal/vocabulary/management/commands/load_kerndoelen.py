"""`manage.py load_kerndoelen kerndoelen.json`: the official wording of the kerndoelen from SLO's published file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.vocabulary.kerndoelen import read_kerndoelen, word
from portal.vocabulary.rows import UnreadableFileError

SHOWN = 10


class Command(BaseCommand):
    help = "Load the wording of the kerndoelen from data/kerndoelen.json of SLO's dataset curriculum-kerndoelen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, verbosity: int, **options: Any) -> None:
        try:
            worded = word(read_kerndoelen(file))
        except UnreadableFileError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        if not verbosity:
            return
        self.stdout.write(self.style.SUCCESS(f"{worded.matched} concepts matched, {worded.changed} changed"))
        if worded.unmatched:
            names = [name[:60] for name in worded.unmatched[:SHOWN]]
            more = ["…"] if len(worded.unmatched) > SHOWN else []
            self.stdout.write(f"{len(worded.unmatched)} entries without a concept: {', '.join(names + more)}")
