from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.health import register


class OutboxConfig(AppConfig):
    name = "portal.outbox"
    label = "outbox"
    verbose_name = _("Outgoing mail")

    def ready(self) -> None:
        import_module("portal.outbox.checks")
        import_module("portal.outbox.tasks")
        register("mail", import_module("portal.outbox.health").mail_health)
