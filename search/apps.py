from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        import_module("search.content").register_content()
        import_module("search.signals")
        import_module("search.editorial.signals").connect()
        import_module("search.checks")
        import_module("search.tasks")
        checks = import_module("search.health")
        health = import_module("portal.health")
        health.register("search", checks.finder_health)
        health.register("indexing", checks.indexing_health)
