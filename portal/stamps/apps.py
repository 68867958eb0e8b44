from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StampsConfig(AppConfig):
    name = "portal.stamps"
    label = "stamps"
    verbose_name = _("Stamps")
