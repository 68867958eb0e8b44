"""Where a saved search stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SavedState(TextChoices):
    """Only who reads the mail of an address can confirm; nothing but the question to do so is mailed before."""

    UNCONFIRMED = "unconfirmed", _("not confirmed")
    CONFIRMED = "confirmed", _("confirmed")
