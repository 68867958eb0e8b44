from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.content.slots import declare

# Places on the pages of this app; providers get the school, the board or the need.
SLOTS = ("school-main", "school-aside", "board-main", "board-aside", "my-school-main", "my-school-aside", "need")
# The rooms that fill slots, here and on the ground floor.
ROOMS = ("register", "scan", "matching", "plan", "advisers", "membership", "profiles")


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = _("Schools")

    def ready(self) -> None:
        declare(*SLOTS)
        import_module("schools.signals")
        import_module("schools.membership.vouching")
        import_module("schools.profiles.merging")
        for room in ROOMS:
            import_module(f"schools.{room}.slots").fill_slots()
        import_module("schools.matching.finder").offer_personal_filters()
