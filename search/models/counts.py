"""What visitors searched for, counted by day: never who, never from where."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchCount(models.Model):
    """How often a text was searched on a day, how often without a result, and what searchers answered to "found it?"."""

    day = models.DateField(_("day"))
    text = models.CharField(_("search"), max_length=80)
    searches = models.PositiveIntegerField(_("searches"), default=0)
    without_result = models.PositiveIntegerField(_("without result"), default=0)
    found = models.PositiveIntegerField(_("found it"), default=0)
    not_found = models.PositiveIntegerField(_("did not find it"), default=0)

    class Meta:
        verbose_name = _("counted search")
        verbose_name_plural = _("counted searches")
        ordering = ("-searches", "text")
        constraints = (models.UniqueConstraint(fields=("day", "text"), name="search_count_day_text"),)

    def __str__(self) -> str:
        return f"{self.text} ({self.searches})"


class ClickCount(models.Model):
    """How often the result at a position was opened after a search."""

    day = models.DateField(_("day"))
    text = models.CharField(_("search"), max_length=80)
    key = models.CharField(_("document"), max_length=20)
    position = models.PositiveIntegerField(_("position"))
    clicks = models.PositiveIntegerField(_("clicks"), default=0)

    class Meta:
        verbose_name = _("counted click")
        verbose_name_plural = _("counted clicks")
        constraints = (models.UniqueConstraint(fields=("day", "text", "key", "position"), name="search_click_once"),)

    def __str__(self) -> str:
        return f"{self.text}: {self.key} at {self.position} ({self.clicks})"


class FoldedBatch(models.Model):
    """A batch of counts that is in the tables already, so that a crash between folding and forgetting counts nothing twice."""

    name = models.CharField(max_length=120, primary_key=True)
    folded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
