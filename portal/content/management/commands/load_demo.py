"""`manage.py load_demo`: vocabulary, content, settings and accounts of the demo."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.background.tasks import mend_admin_search, mend_references
from portal.content.loading.demo import load_demo
from portal.content.loading.reading import ContentFileError


class Command(BaseCommand):
    help = "Load the demo: vocabulary, content, site settings and accounts with a known password. Loading again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo brings accounts with a known password: only settings with DEMO = True load it.")
        call_command("load_vocabulary", verbosity=0, stdout=self.stdout)
        try:
            report = load_demo(progress=self.stdout.write)
        except ContentFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{report.created} pages made, {report.updated} changed, {report.unchanged} unchanged")
        if report.created or report.updated:
            # At once and in bulk, where editing leaves it to a task for each page.
            mend_references()
            mend_admin_search()
        for name in settings.DEMO_COMMANDS:
            call_command(name, stdout=self.stdout)
