from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lessons.enums import Phase
from portal.content.blocks.image import ImageBlock
from portal.content.blocks.text import TextBlock
from portal.content.blocks.video import VideoBlock


class QuestionBlock(blocks.CharBlock):
    """A question to put to the pupils."""

    class Meta:
        icon = "help"
        label = _("Question for pupils")
        template = "lessons/blocks/question.html"
        preview_value = "Welk afval zie je hier het meest?"
        description = _("A question to put to the pupils")


class TipBlock(blocks.CharBlock):
    """Advice from one teacher to another."""

    class Meta:
        icon = "pick"
        label = _("Tip")
        template = "lessons/blocks/tip.html"
        preview_value = "Weeg eerst de lege emmer."
        description = _("Advice from one teacher to another")


class StepBodyBlock(blocks.StreamBlock):
    """What happens in a step."""

    text = TextBlock()
    question = QuestionBlock(max_length=400)
    tip = TipBlock(max_length=600)
    image = ImageBlock()
    video = VideoBlock()

    class Meta:
        required = False


class LessonStepValue(blocks.StructValue):
    """A step as its template sees it."""

    @property
    def phase_label(self) -> str:
        """The name of the phase, in the language of the page."""
        return str(Phase(self["phase"]).label)


class LessonStepBlock(blocks.StructBlock):
    """One step of a lesson."""

    phase = blocks.ChoiceBlock(choices=Phase.choices, default=Phase.WORK, label=_("Phase"))
    title = blocks.CharBlock(max_length=160, label=_("Title"))
    minutes = blocks.IntegerBlock(min_value=1, max_value=600, required=False, label=_("Minutes"))
    body = StepBodyBlock(label=_("What happens"))

    class Meta:
        icon = "list-ol"
        label = _("Step")
        template = "lessons/blocks/step.html"
        value_class = LessonStepValue
        preview_value = {
            "phase": "start",
            "title": "Raden en wegen",
            "minutes": 10,
            "body": [("text", "<p>Laat de leerlingen raden hoeveel er in de bak zit.</p>")],
        }
        description = _("One step of a lesson: phase, minutes and what happens")
