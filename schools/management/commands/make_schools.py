"""`manage.py make_schools`: a register of schools that do not exist."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.register.importing import import_register
from schools.register.inventing import write_register
from schools.register.planning import Outcome


class Command(BaseCommand):
    help = "Invent boards and schools and import them, beside those that are there; the same seed gives the same schools."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--schools", type=int, default=60)
        parser.add_argument("--boards", type=int, default=12)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--folder", type=Path, help="write the files here and import nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = {name: options[name] for name in ("schools", "boards", "seed")}
        try:
            if options["folder"]:
                options["folder"].mkdir(parents=True, exist_ok=True)
                for path in write_register(options["folder"], **numbers):
                    self.stdout.write(str(path))
                return
            with tempfile.TemporaryDirectory() as folder:
                made = import_register(write_register(Path(folder), **numbers), complete=False)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made.count(Outcome.NEW)} boards and schools invented, {made.count(Outcome.UNCHANGED)} unchanged")
