"""Who was told that a page has to be checked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewNotice(models.Model):
    """The mail about the review date of a page went out. One row for each page and date keeps it from going out twice; a new date
    means a new mail."""

    wagtail_reference_index_ignore = True

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    review_on = models.DateField(_("review date"))
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True)

    class Meta:
        verbose_name = _("review notice")
        verbose_name_plural = _("review notices")
        constraints = (models.UniqueConstraint(fields=("page", "review_on"), name="content_review_notice"),)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.review_on}"
