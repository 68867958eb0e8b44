"""Fixed choices of holidays."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayRegion(models.TextChoices):
    """The three regions of the school holidays."""

    NORTH = "noord", _("North")
    MIDDLE = "midden", _("Middle")
    SOUTH = "zuid", _("South")


class HolidayKind(models.TextChoices):
    """The holidays of a school year, in their order. A year of which one is missing counts as not loaded."""

    AUTUMN = "herfst", _("Autumn holiday")
    CHRISTMAS = "kerst", _("Christmas holiday")
    SPRING = "voorjaar", _("Spring holiday")
    MAY = "mei", _("May holiday")
    SUMMER = "zomer", _("Summer holiday")
