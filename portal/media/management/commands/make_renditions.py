"""`manage.py make_renditions`: make the missing sizes of all images now, instead of waiting for the worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.media.models import PortalImage
from portal.media.renditions import ensure_renditions


class Command(BaseCommand):
    help = "Makes the missing sizes of all images, after a restore or a change of the site's formats."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="make every size anew, for example after a change of quality")

    def handle(self, *args: Any, again: bool, **options: Any) -> None:
        total = PortalImage.objects.count()
        made = 0
        for done, image in enumerate(PortalImage.objects.order_by("pk").iterator(chunk_size=100), start=1):
            if again:
                image.renditions.all().delete()
            if new := ensure_renditions(image):
                made += new
                self.stdout.write(f"{done}/{total} {image.title}")
        self.stdout.write(self.style.SUCCESS(f"{made} sizes made for {total} images"))
