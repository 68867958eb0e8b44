"""Fixed choices of the matching."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What a school says of a page that it was offered."""

    USED = "used", _("Used it")
    DONE = "done", _("Done")
    NOT_USEFUL = "not-useful", _("Not useful")
