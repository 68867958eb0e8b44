"""Where sections used to be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# An index of PostgreSQL holds 2,700 bytes a row, and a letter takes up to four.
LONGEST_ADDRESS = 600


class MovedSection(models.Model):
    """Until `moved_at` this page, and all below it, lived at this address of the site: `/kennis/oud/`.

    One row stands for a whole section. It names the page and not its new address, so that a chain of moves stays one step long.
    """

    wagtail_reference_index_ignore = True

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+", verbose_name=_("site"))
    old_path = models.CharField(_("old address"), max_length=LONGEST_ADDRESS)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    moved_at = models.DateTimeField(_("moved at"))

    class Meta:
        verbose_name = _("moved section")
        verbose_name_plural = _("moved sections")
        constraints = (models.UniqueConstraint(fields=("site", "old_path", "page"), name="content_moved_section"),)

    def __str__(self) -> str:
        return self.old_path
