"""`manage.py retention`: remove what was kept long enough."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.accounts.retention import apply


class Command(BaseCommand):
    help = "Removes what has been kept long enough; beat does so each night. With --dry-run it only counts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run: bool = options["dry_run"]
        report = apply(dry_run=dry_run)
        for name, count in report.items():
            if count is not None:
                self.stdout.write(f"{name}: {count} {'to be removed' if dry_run else 'removed'}")
        if failed := [name for name, count in report.items() if count is None]:
            raise CommandError(f"failed, see the log: {', '.join(failed)}")
