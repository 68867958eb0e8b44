"""`manage.py import_schools FILE…`: boards and schools from files of the national register."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schools.models import Board, School
from schools.register.columns import Kind
from schools.register.importing import import_register
from schools.register.planning import Outcome, RowReport
from schools.register.reading import RegisterFileError

LABELS = {
    Outcome.NEW: gettext_lazy("new"),
    Outcome.CHANGED: gettext_lazy("changed"),
    Outcome.CLOSED: gettext_lazy("closed"),
    Outcome.UNCHANGED: gettext_lazy("unchanged"),
    Outcome.ERROR: gettext_lazy("wrong"),
}


class Command(BaseCommand):
    help = "Import boards and schools from DUO's files; see docs/register.md. All or nothing; again, it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--part", action="store_true", help="the files are a part of the register: close nothing")
        parser.add_argument("--kind", choices=Kind.values, help="what the files are, when neither columns nor name tell")
        parser.add_argument(
            "--allow-closing", action="store_true", help="also when more than a tenth of the schools would be closed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        try:
            made = import_register(
                options["files"],
                dry_run=options["dry_run"],
                kind=Kind(options["kind"]) if options["kind"] else None,
                complete=not options["part"],
                allow_closing=options["allow_closing"],
                progress=(lambda line: None) if quiet else self._progress,
            )
        except RegisterFileError as error:
            raise CommandError(f"{error} {_('Nothing was changed.')}") from error
        for report in made.reports:
            if report.outcome == Outcome.ERROR or not quiet:
                self._say(report)
        self.stdout.write(", ".join(f"{LABELS[outcome]}: {made.count(outcome)}" for outcome in Outcome))
        if made.count(Outcome.ERROR):
            raise CommandError(_("Nothing was changed: mend the faulty rows first."))
        if options["dry_run"]:
            self.stdout.write(_("A try: nothing was changed."))

    def _progress(self, line: str) -> None:
        self.stdout.write(f"… {line}")
        self.stdout.flush()

    def _say(self, report: RowReport) -> None:
        if report.outcome == Outcome.UNCHANGED and not report.remarks:
            return
        place = f"{report.file}, {report.row}: " if report.row else ""
        changed = f" ({', '.join(_label(name) for name in report.changes)})" if report.changes else ""
        self.stdout.write(f"{place}{LABELS[report.outcome]}: {report.key} {report.name}{changed}".rstrip())
        for remark in report.remarks:
            self.stdout.write(f"    {remark}")


def _label(name: str) -> str:
    """What a field of a board or school is called."""
    fields = {field.name: field for model in (Board, School) for field in model._meta.get_fields()}
    return str(getattr(fields.get(name.removesuffix("_id")), "verbose_name", name))
