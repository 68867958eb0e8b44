"""Shared words: what lessons, pages, schools and later trainings are tagged with."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.vocabulary.enums import Scheme, Source

CODE_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"


class Concept(models.Model):
    """One word of one scheme. Codes never change and concepts are never deleted: what disappears from its source is retired."""

    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme.choices)
    code = models.CharField(
        _("code"),
        max_length=80,
        validators=[RegexValidator(CODE_PATTERN, _("Use lower-case letters, digits and single hyphens."))],
        help_text=_("Part of web addresses; cannot be changed later."),
    )
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
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("Pages that have it keep it; it can no longer be chosen for others.")
    )
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.EDITOR, editable=False)
    edited = models.JSONField(_("fields edited by hand"), default=list, blank=True, editable=False)

    # What an editor may change. The names of changed fields are kept in `edited`; loading a file leaves those alone.
    EDITABLE = ("label_nl", "label_en", "explanation", "alt_labels", "hidden_labels", "verified", "retired")

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ("scheme", "order", "code")
        default_permissions = ("add", "change", "view")
        constraints = (models.UniqueConstraint(fields=("scheme", "code"), name="vocabulary_scheme_code"),)

    def __str__(self) -> str:
        return title(self.scheme, self.notation, self.label_nl)

    def clean(self) -> None:
        super().clean()
        if self.broader is not None and self.broader.scheme != self.scheme:
            raise ValidationError({"broader": _("Choose a broader concept of the same scheme.")})


def title(scheme: str, notation: str, label: str) -> str:
    """How a list names a concept: with its official notation where labels alone are not unique or people know the number."""
    numbered = scheme in {Scheme.CURRICULUM, Scheme.GREENCOMP, Scheme.SDG}
    return f"{notation} · {label}" if numbered and notation else label
