"""`manage.py import_lessons FILE`: lessons from an XLSX or CSV file, as the admin imports them."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lessons.imports.cells import TableError
from lessons.imports.files import check_upload, opened
from lessons.imports.planning import Outcome, Planner, RowReport, Work
from lessons.imports.writing import LessonsChangedError, index_pages, write
from lessons.models import LessonIndexPage
from portal.accounts.models import User


class Command(BaseCommand):
    help = "Import lessons from an XLSX or CSV file as drafts; see docs/import.md. All or nothing; again, it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--under", default="", help="address of the page to put the lessons below, such as /lessen/")
        parser.add_argument("--user", default="", help="e-mail address of the person to write in the name of")

    def handle(self, *args: Any, **options: Any) -> None:
        user = self._user(options["user"])
        index = self._index(options["under"])
        counts = dict.fromkeys(Outcome, 0)
        works: list[Work] = []
        try:
            with options["file"].open("rb") as file:
                check_upload(File(file, name=options["file"].name))
            with opened(options["file"]) as source:
                for plan in Planner(index, user).plans(source):
                    counts[plan.report.outcome] += 1
                    self._say(plan.report)
                    if plan.work:
                        works.append(plan.work)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except TableError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(", ".join(f"{outcome.label}: {count}" for outcome, count in counts.items()))
        if counts[Outcome.ERROR]:
            raise CommandError(_("Nothing is imported: mend the faulty rows first."))
        if options["dry_run"]:
            return
        try:
            written = write(works, index=index, user=user)
        except LessonsChangedError as error:
            raise CommandError(_("Somebody changed these lessons at the same moment. Try again.")) from error
        index_pages(written)

    def _say(self, report: RowReport) -> None:
        if report.outcome == Outcome.UNCHANGED:
            return
        self.stdout.write(
            f"{report.row}: {report.outcome.label}: {report.title} ({report.slug}) {', '.join(report.changes)}".rstrip()
        )
        for column, problem in report.problems:
            self.stdout.write(f"    {column}: {problem}" if column else f"    {problem}")

    def _index(self, address: str) -> LessonIndexPage:
        indexes = LessonIndexPage.objects.order_by("path")
        found = [page for page in indexes if not address or (page.url or "").rstrip("/") == address.rstrip("/")]
        if len(found) != 1:
            raise CommandError(
                f"Say with --under which page to put the lessons below: {', '.join(page.url or '' for page in indexes)}"
            )
        return found[0]

    def _user(self, address: str) -> User | None:
        if not address:
            return None
        try:
            return User.objects.get(email=address.lower())
        except User.DoesNotExist as error:
            raise CommandError(f"There is no user {address}") from error
