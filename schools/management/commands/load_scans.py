"""`manage.py load_scans`: the quick scan with answers for schools of the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from schools.scan.demo import load_scans
from schools.scan.loading import load_statements


class Command(BaseCommand):
    help = "Give invented schools of the demo finished scans, and words about pages. Loading again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Invented scans belong to a demo: only settings with DEMO = True load them.")
        load_statements()
        scans, words = load_scans()
        self.stdout.write(f"{scans} scans and {words} words about pages made")
