"""What editors set once for the whole site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """Name of the site and how to reach the advice point; shown in the foot of every page and wherever help is offered."""

    name = models.CharField(_("name of the site"), max_length=80, default="Duurzaam op school")
    tagline = models.CharField(_("line below the name"), max_length=120, blank=True)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    hours = models.CharField(_("opening hours"), max_length=120, blank=True)
    contact_intro = models.CharField(_("line above the contact details"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
