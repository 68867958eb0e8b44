"""What `manage.py check --deploy` says about mail."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register(deploy=True)
def mail_leaves(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A public site whose mail stays on the machine."""
    if settings.OUTBOX_TRANSPORT != "portal.outbox.transports.KeptTransport":
        return []
    return [Warning("No mail leaves this machine.", hint="Set EMAIL_URL to smtp://… or submission://….", id="outbox.W001")]
