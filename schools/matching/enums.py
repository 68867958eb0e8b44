"""Fixed choices of the matching."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Verdict(models.TextChoices):
    """What a school says of a page that it was offered."""

    USED = "used", _("Used it")
    # A job that is done says something else in Dutch.
    DONE = "done", pgettext_lazy("what a school did with a page", "Done")
    NOT_USEFUL = "not-useful", _("Not useful")
