"""Fixed choices of the quick scan."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.IntegerChoices):
    """How far a school says it is; UNKNOWN counts for nothing."""

    NOT_YET = 0, _("Not yet")
    A_LITTLE = 1, _("A little")
    LARGELY = 2, _("Largely")
    COMPLETELY = 3, _("Completely")
    UNKNOWN = -1, _("I do not know")


class Level(models.IntegerChoices):
    """How full a petal is. Each has a name and a shape of its own, so that colour alone says nothing."""

    EMPTY = 0, _("Not filled in yet")
    BEGINNING = 1, _("At the beginning")
    UNDER_WAY = 2, _("Under way")
    STRONG = 3, _("Going strong")
