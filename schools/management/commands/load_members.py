"""`manage.py load_members`: people, needs and profiles for schools of the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from schools.overview.demo import load_life


class Command(BaseCommand):
    help = "Give the demo accounts a school and a board, and invented schools needs and profiles. Loading again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Invented needs belong to a demo: only settings with DEMO = True load them.")
        members, needs = load_life()
        self.stdout.write(f"{members} memberships and {needs} needs made")
