"""What editors tell the finder: words that mean the same, words that are one whole, pages that belong on top."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.query import clean_text


class SynonymGroup(models.Model):
    """Words and wordings that mean the same; they work at the next search, without rebuilding the index."""

    words = models.TextField(
        _("words"), max_length=600, help_text=_("Words or wordings that mean the same, separated by commas.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ("words",)

    def __str__(self) -> str:
        return self.words

    def members(self) -> tuple[str, ...]:
        """The wordings, cleaned, each once."""
        return tuple(dict.fromkeys(word for part in self.words.replace("\n", ",").split(",") if (word := clean_text(part))))

    def clean(self) -> None:
        if len(self.members()) < 2:
            raise ValidationError({"words": _("Give at least two wordings, separated by commas.")})
        self.words = ", ".join(self.members())


class WholeWord(models.Model):
    """A word that looks like a compound but must not be split ("handleiding" is not about hands)."""

    word = models.CharField(_("word"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("word that is not split")
        verbose_name_plural = _("words that are not split")
        ordering = ("word",)

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        self.word = clean_text(self.word).lower()
        if not self.word.isalpha():
            raise ValidationError({"word": _("One word, letters only.")})


class Promotion(models.Model):
    """A page that stands on top when somebody searches for exactly this."""

    text = models.CharField(_("search"), max_length=80, help_text=_("What visitors type; capitals do not matter."))
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    order = models.PositiveIntegerField(_("order"), default=0)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ("text", "order")
        constraints = (models.UniqueConstraint(fields=("text", "page"), name="search_promotion_once"),)

    def __str__(self) -> str:
        return f"{self.text}: {self.page_id}"

    def clean(self) -> None:
        self.text = clean_text(self.text).lower()
        if not self.text:
            raise ValidationError({"text": _("Type what visitors search for.")})
