"""What a school tells about itself: what it does already, and whom to ask."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.vocabulary.enums import Scheme
from portal.vocabulary.fields import ConceptKey
from schools.enums import Visibility
from schools.models.register import School
from schools.permissions import OfSchoolQuerySet


class SchoolProfile(models.Model):
    """The profile of one school."""

    school = models.OneToOneField(School, on_delete=models.CASCADE, related_name="profile", verbose_name=_("school"))
    visibility = models.CharField(_("who may see this?"), max_length=10, choices=Visibility.choices, default=Visibility.MEMBERS)
    contact_name = models.CharField(
        _("whom to ask"), max_length=120, blank=True, help_text=_("A name or a team, such as “werkgroep duurzaamheid”.")
    )
    contact_email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("An address of the school is better than somebody's own.")
    )
    changed_at = models.DateTimeField(_("changed on"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("changed by")
    )

    objects = OfSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school profile")
        verbose_name_plural = _("school profiles")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.school)


class Practice(models.Model):
    """What a school does already in one domain of the Whole School Approach, in its own words."""

    profile = models.ForeignKey(SchoolProfile, on_delete=models.CASCADE, related_name="practices", verbose_name=_("profile"))
    domain = ConceptKey(Scheme.WSA, verbose_name=_("domain"))
    text = models.TextField(_("what we do already"), max_length=600)

    class Meta:
        verbose_name = _("what a school does already")
        verbose_name_plural = _("what schools do already")
        ordering = ("domain__order",)
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("profile", "domain"), name="practice_once_a_domain"),)

    def __str__(self) -> str:
        return self.text[:60]
