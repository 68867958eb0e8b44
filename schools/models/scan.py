"""The quick scan: a few plain statements per domain of the Whole School Approach, what a school answered, how it was before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.vocabulary.enums import Scheme
from portal.vocabulary.fields import ConceptKey
from schools.permissions import OfSchoolQuerySet
from schools.scan.enums import Answer


class ScanStatement(models.Model):
    """One statement, such as "Iedereen op school kent onze visie op duurzaamheid."; retired instead of deleted, as answers
    refer to it."""

    # Of those that came with a file; loading it again leaves them alone.
    code = models.CharField(_("code"), max_length=60, unique=True, null=True, blank=True, editable=False)
    domain = ConceptKey(Scheme.WSA, verbose_name=_("domain"))
    text = models.CharField(_("statement"), max_length=200, help_text=_("A plain sentence in the first person plural."))
    explanation = models.CharField(_("explanation"), max_length=300, blank=True, help_text=_("What you mean by it, if needed."))
    need = models.CharField(
        _("need"),
        max_length=200,
        blank=True,
        help_text=_("What a school that is not there yet could ask for; proposed to it after the scan."),
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    retired = models.BooleanField(_("retired"), default=False, help_text=_("Not asked any more; given answers stay."))

    class Meta:
        verbose_name = _("statement of the quick scan")
        verbose_name_plural = _("statements of the quick scan")
        ordering = ("domain__order", "order", "pk")
        # Nobody deletes one: answers refer to it.
        default_permissions = ("add", "change", "view")

    def __str__(self) -> str:
        return self.text


class ScanQuerySet(OfSchoolQuerySet):
    """Scans of schools."""

    def finished(self) -> "ScanQuerySet":
        """Those that fill a flower, the newest first."""
        return self.filter(finished_at__isnull=False).order_by("-finished_at", "-pk")

    def unfinished(self) -> "ScanQuerySet":
        """Those that are being filled: one a school at most."""
        return self.filter(finished_at=None)


class Scan(models.Model):
    """One time that a school filled the scan. Without `finished_at` it is still being filled; a school has one such at most."""

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="scans", verbose_name=_("school"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begun by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    begun_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    # Domain → share of the points, 0 to 100, kept when the scan is finished: editing statements later changes no history.
    result = models.JSONField(_("result"), default=dict, blank=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("quick scan")
        verbose_name_plural = _("quick scans")
        ordering = ("-begun_at", "-pk")
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(fields=("school",), condition=models.Q(finished_at=None), name="schools_scan_one_unfinished"),
        )
        indexes = (models.Index(fields=("school", "-finished_at"), name="schools_scan_latest"),)

    def __str__(self) -> str:
        return f"{self.school}, {self.begun_at:%Y-%m-%d}"


class ScanAnswer(models.Model):
    """What a school answered to one statement."""

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="answers")
    statement = models.ForeignKey(ScanStatement, on_delete=models.PROTECT, related_name="+")
    value = models.SmallIntegerField(_("answer"), choices=Answer.choices)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("scan", "statement"), name="schools_scan_answer_once"),)

    def __str__(self) -> str:
        return f"{self.statement}: {self.get_value_display()}"
