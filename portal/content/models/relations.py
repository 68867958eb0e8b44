"""What joins two pages, whatever their types: the floor on which lessons, answers, examples and trainings meet."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable


class RelationKind(models.TextChoices):
    """Why one page points to another."""

    RELATED = "related", _("Goes with")
    DEEPENS = "deepens", _("Read more")
    FOLLOWS = "follows", _("Next step")
    EXAMPLE = "example", _("Example")


# What the page that a relation points to calls it; any other kind is "goes with" from there.
SEEN_FROM_TARGET = {RelationKind.FOLLOWS: _("Step before")}


class PageRelation(Orderable):
    """A directed relation between two pages; both show it."""

    source = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="relations", verbose_name=_("page"))
    target = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="relations_from", verbose_name=_("page")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=RelationKind.choices, default=RelationKind.RELATED)
    note = models.CharField(_("note"), max_length=255, blank=True)

    panels = [
        PageChooserPanel("target"),
        FieldPanel("kind"),
        FieldPanel("note", help_text=_("Why go on to that page? Visitors read it beside the link.")),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target_id}"

    def label_on(self, page_id: int) -> Any:
        """What the page with this key, one of the two, calls the relation."""
        if page_id == self.source_id:
            return self.get_kind_display()
        return SEEN_FROM_TARGET.get(RelationKind(self.kind), RelationKind.RELATED.label)

    def clean(self) -> None:
        if self.source_id and self.source_id == self.target_id:
            raise ValidationError({"target": _("A page cannot point to itself.")})
