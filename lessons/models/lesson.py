"""A lesson: everything a teacher needs to give it tomorrow."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from lessons.blocks.materials import MaterialsBlock
from lessons.blocks.steps import LessonStepBlock
from lessons.presentation import lesson_context
from portal.content.blocks.text import FEATURES
from portal.content.models.base import TaggedPage, is_filled, page_tabs, shortened
from portal.content.plaintext import rich_text, stream_text
from portal.vocabulary.enums import Scheme
from portal.vocabulary.fields import ConceptField, ConceptKey


class LessonPage(TaggedPage):
    """A lesson, written out here or standing elsewhere (`elsewhere`: card, link and maker; the steps may be missing)."""

    kind = "les"
    kind_label = _("Lesson")
    kind_plural = _("Lessons")

    goal = models.TextField(_("lesson goal"), blank=True, max_length=600, help_text=_("What pupils know or can do afterwards."))
    grades = ConceptField(Scheme.GRADE, verbose_name=_("groups and years"))
    subjects = ConceptField(Scheme.SUBJECT, verbose_name=_("subjects"))
    minutes = models.PositiveIntegerField(
        _("minutes"), null=True, blank=True, validators=[MinValueValidator(5), MaxValueValidator(6000)]
    )
    minutes_note = models.CharField(_("about the time"), max_length=160, blank=True, help_text=_("Such as: or twice 30 minutes."))
    preparation = RichTextField(_("preparation"), blank=True, features=FEATURES)
    places = ConceptField(Scheme.PLACE, verbose_name=_("place"))
    group_size = models.CharField(_("group size"), max_length=120, blank=True)
    cost = models.CharField(_("cost"), max_length=120, blank=True)
    needs = models.TextField(_("what you need"), blank=True, help_text=_("One thing a line."))
    steps = StreamField([("step", LessonStepBlock())], blank=True, verbose_name=_("steps"))
    materials = StreamField(MaterialsBlock(), blank=True, verbose_name=_("materials"))
    greencomp = ConceptField(Scheme.GREENCOMP, verbose_name=_("GreenComp competences"))
    materials_kinds = ConceptField(Scheme.MATERIAL, verbose_name=_("kind of material"))
    languages = ConceptField(Scheme.LANGUAGE, verbose_name=_("language"))
    licence = ConceptKey(Scheme.LICENCE, verbose_name=_("licence"), null=True, blank=True)
    maker = models.CharField(_("maker"), max_length=160, blank=True)
    source_url = models.URLField(_("address of the original"), blank=True)
    elsewhere = models.BooleanField(
        _("stands elsewhere"), default=False, help_text=_("The lesson itself stands at the address of the original.")
    )

    required_to_publish = {
        **TaggedPage.required_to_publish,
        "sectors": _("Choose at least one sector: teachers search by it."),
        "sdg47": _("Choose at least one theme of SDG 4.7: the finder needs it."),
    }

    edit_handler = page_tabs(
        [
            *TaggedPage.intro_panels,
            FieldPanel("goal"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("minutes"), FieldPanel("minutes_note")]),
                    FieldPanel("group_size"),
                    FieldPanel("cost"),
                ],
                heading=_("At a glance"),
            ),
            MultiFieldPanel([FieldPanel("preparation"), FieldPanel("needs")], heading=_("Beforehand")),
            FieldPanel("steps"),
            FieldPanel("materials"),
            InlinePanel("curriculum", label=_("goal"), heading=_("Curriculum, and why")),
            MultiFieldPanel(
                [FieldPanel("elsewhere"), FieldPanel("source_url"), FieldPanel("maker"), FieldPanel("licence")],
                heading=_("Maker and licence"),
            ),
        ],
        tags=[
            MultiFieldPanel([FieldPanel("grades"), FieldPanel("subjects"), FieldPanel("places")], heading=_("In which lessons")),
            *TaggedPage.tag_panels,
            MultiFieldPanel(
                [FieldPanel("greencomp"), FieldPanel("materials_kinds"), FieldPanel("languages")], heading=_("Details")
            ),
        ],
    )
    parent_page_types = ["lessons.LessonIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def problems_to_publish(self, value: Callable[[str], Any]) -> dict[str, Any]:
        problems = super().problems_to_publish(value)
        if value("elsewhere"):
            missing = (field for field in ("source_url", "maker") if not is_filled(value(field)))
            problems |= dict.fromkeys(missing, _("A lesson that stands elsewhere needs its address and its maker."))
        elif not value("steps"):
            problems["steps"] = _("Describe at least one step, or mark the lesson as standing elsewhere.")
        return problems

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **lesson_context(self, request)}

    def needs_list(self) -> list[str]:
        """What you need, one thing an item."""
        return [line.strip() for line in self.needs.splitlines() if line.strip()]

    def searchable_text(self) -> list[str]:
        # As they are stored: their values would fetch every document.
        materials = [block["value"].get("title", "") for block in self.materials.raw_data]
        return [self.goal, rich_text(self.preparation), *stream_text(self.steps), *self.needs_list(), *materials]

    def card_facts(self, tags: Mapping[str, Any]) -> list[str]:
        grades = [concept.label for concept in tags.get("grades", ())] or [concept.label for concept in tags.get("sectors", ())]
        facts = [", ".join(shortened(grades, most=2))] if grades else []
        if self.minutes:
            facts.append(ngettext("%(minutes)s minute", "%(minutes)s minutes", self.minutes) % {"minutes": self.minutes})
        return facts + ([self.cost] if self.cost and len(self.cost) <= 30 else [])
