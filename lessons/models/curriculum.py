"""Which goal of the curriculum a lesson serves, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from portal.vocabulary.enums import Scheme
from portal.vocabulary.fields import ConceptKey


class CurriculumLink(Orderable):
    """A goal of the curriculum with an explanation; a bare list of numbers helps no teacher."""

    page = ParentalKey("lessons.LessonPage", on_delete=models.CASCADE, related_name="curriculum")
    concept = ConceptKey(Scheme.CURRICULUM, verbose_name=_("goal"))
    why = models.TextField(_("why"), max_length=600, help_text=_("How the lesson works on this goal, in one or two sentences."))

    panels = [FieldPanel("concept"), FieldPanel("why")]

    class Meta(Orderable.Meta):
        verbose_name = _("curriculum link")
        verbose_name_plural = _("curriculum links")

    def __str__(self) -> str:
        return str(self.concept)
