"""What makes a password long enough."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnoughValidator(MinimumLengthValidator):
    """Django's own, in words that are translated."""

    def get_error_message(self) -> str:
        """What is wrong, and what to do."""
        return _("This password is too short. Use at least %(characters)d characters.") % {"characters": self.min_length}
