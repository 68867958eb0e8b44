from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.accounts.header import account_link
from portal.content.slots import register


class ContentConfig(AppConfig):
    name = "portal.content"
    label = "content"
    verbose_name = _("Pages")

    def ready(self) -> None:
        import_module("portal.content.signals")
        register("header", account_link, queries=2)
