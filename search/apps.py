from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        import_module("search.content").register_content()
        import_module("search.signals")
        import_module("search.checks")
        import_module("search.tasks")
