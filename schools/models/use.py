"""What schools did with pages of the portal."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.matching.enums import Verdict
from schools.permissions import OfSchoolQuerySet


class PageUse(models.Model):
    """What one school says of one page, the last time it said so."""

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="uses", verbose_name=_("school"))
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    need = models.ForeignKey(
        "schools.SupportNeed",
        verbose_name=_("need"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="uses",
        help_text=_("What the page was offered for, if anything."),
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("told by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    told_at = models.DateTimeField(_("told at"), auto_now=True)

    objects = OfSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a page by a school")
        verbose_name_plural = _("uses of pages by schools")
        ordering = ("-told_at", "-pk")
        default_permissions = ("view",)
        constraints = (models.UniqueConstraint(fields=("school", "page"), name="schools_use_once"),)
        indexes = (models.Index(fields=("page", "verdict"), name="schools_use_page"),)

    def __str__(self) -> str:
        return f"{self.school}: {self.page}, {self.get_verdict_display()}"
