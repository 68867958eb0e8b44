"""What visitors say about a page, and what editors did with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a visitor says."""

    USED = "used", _("Used it")
    WRONG = "wrong", _("Something is wrong")


class State(models.TextChoices):
    """Where a remark stands: nobody reads it on the site before an editor has read it."""

    NEW = "new", _("To read")
    SHOWN = "shown", _("Shown on the page")
    DONE = "done", _("Done, not shown")
