from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.content.slots import declare

# Places on the pages of this app; providers get the school or the board.
SLOTS = ("school-main", "school-aside", "board-main", "board-aside")


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = _("Schools")

    def ready(self) -> None:
        declare(*SLOTS)
