"""Where a message stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """The states of a message; the relay moves it along."""

    PENDING = "pending", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")
    SUPERSEDED = "superseded", _("replaced by a newer message")


SENDABLE_AGAIN = (State.SENT, State.FAILED, State.PENDING)
