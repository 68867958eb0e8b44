"""Advisers (makelaars): people of the programme who help schools on their way, each with a public page."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from portal.content.snapshot import telephone_uri
from portal.vocabulary.enums import Scheme
from portal.vocabulary.fields import ConceptField


class AdviserQuerySet(models.QuerySet["Adviser"]):
    """Advisers, by what visitors may see."""

    def shown(self) -> "AdviserQuerySet":
        """Those with a public page, with their photographs."""
        return self.filter(is_shown=True).select_related("image")


class Adviser(ClusterableModel):  # type: ignore[misc]
    """One adviser. No province, sector or domain chosen means all of them."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address of the page"), max_length=120, unique=True, help_text=_("Part of the web address."))
    role = models.CharField(_("role"), max_length=120, blank=True, help_text=_("Such as: adviser for green school grounds."))
    introduction = models.TextField(
        _("introduction"), max_length=1200, blank=True, help_text=_("In the first person, a few plain sentences.")
    )
    image = models.ForeignKey(
        "media.PortalImage", verbose_name=_("photograph"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    reachable = models.CharField(_("reachable"), max_length=120, blank=True, help_text=_("Such as: Monday to Thursday."))
    provinces = ConceptField(Scheme.PROVINCE, verbose_name=_("provinces"))
    sectors = ConceptField(Scheme.SECTOR, verbose_name=_("sectors"))
    wsa = ConceptField(Scheme.WSA, verbose_name=_("Whole School Approach domains"))
    is_shown = models.BooleanField(
        _("shown on the site"), default=False, help_text=_("Only when this person agreed to have name and contact on the site.")
    )

    objects = AdviserQuerySet.as_manager()

    class Meta:
        verbose_name = _("adviser")
        verbose_name_plural = _("advisers")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("schools:adviser", args=[self.slug])

    @property
    def telephone_uri(self) -> str:
        """The number as a `tel:` link wants it: digits and a leading plus."""
        return telephone_uri(self.telephone)
