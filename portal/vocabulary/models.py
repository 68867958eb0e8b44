"""Shared words: what lessons, pages and later schools and trainings are tagged with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.vocabulary.enums import Scheme


class Concept(models.Model):
    """One word of one scheme. Codes never change and concepts are never deleted: what disappears from its source is retired."""

    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme.choices)
    code = models.CharField(_("code"), max_length=80)
    notation = models.CharField(_("official notation"), max_length=80, blank=True)
    label_nl = models.CharField(_("name"), max_length=255)
    label_en = models.CharField(_("English name"), max_length=255, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    official_text = models.TextField(_("official wording"), blank=True)
    broader = models.ForeignKey(
        "self", verbose_name=_("broader concept"), null=True, blank=True, on_delete=models.PROTECT, related_name="narrower"
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    uris = models.JSONField(_("identifiers"), default=list, blank=True)
    alt_labels = models.JSONField(_("other names"), default=list, blank=True)
    hidden_labels = models.JSONField(_("misspellings"), default=list, blank=True)
    subject_area = models.CharField(_("subject area"), max_length=120, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    verified = models.BooleanField(_("verified"), default=True)
    retired = models.BooleanField(_("retired"), default=False)
    edited = models.JSONField(_("fields edited by hand"), default=list, blank=True, editable=False)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ("scheme", "order", "code")
        constraints = (models.UniqueConstraint(fields=("scheme", "code"), name="vocabulary_scheme_code"),)

    def __str__(self) -> str:
        return self.label_nl
