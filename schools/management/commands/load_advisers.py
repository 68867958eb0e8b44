"""`manage.py load_advisers [FILE]`: advisers from a TOML file; without one those of the demo."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schools.advisers.loading import AdviserFileError, load_advisers

DEMO = Path(__file__).resolve().parents[2] / "demo" / "advisers.toml"


class Command(BaseCommand):
    help = "Load advisers from a TOML file (without one: the invented ones of the demo). Who is there already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=DEMO)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = load_advisers(options["file"])
        except (AdviserFileError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made} advisers made")
