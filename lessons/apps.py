from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LessonsConfig(AppConfig):
    name = "lessons"
    verbose_name = _("Lessons")

    def ready(self) -> None:
        import_module("lessons.facets").register_facets()
        import_module("lessons.search").register_lessons()
        import_module("lessons.slots").fill_slots()
        # Imports name their tasks, so these have to be known in the web process too.
        import_module("lessons.tasks")
