"""What visitors say about a page, without an account and without a word about who they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.feedback.enums import Kind, State


class Feedback(models.Model):
    """One visitor used a page, or found something wrong with it."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="feedback", verbose_name=_("page"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    remark = models.TextField(_("remark"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("remark of a visitor")
        verbose_name_plural = _("remarks of visitors")
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("page", "kind", "state"), name="feedback_page_kind_state"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.remark[:60]}"
