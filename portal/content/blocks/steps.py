from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.content.blocks.text import TextBlock


class StepBlock(blocks.StructBlock):
    """One step of a plan."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    text = TextBlock(features=["bold", "italic", "link", "ul", "ol"], required=False, label=_("Text"))

    class Meta:
        icon = "list-ol"
        label = _("Step")
        template = "content/blocks/step.html"
        preview_value = {"title": "Meet wat er nu is", "text": "<p>Weeg een week lang wat er in de bakken zit.</p>"}
        description = _("One step of a plan")


class StepsBlock(blocks.ListBlock):
    """A numbered plan."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(StepBlock(), **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Numbered steps")
        template = "content/blocks/steps.html"
        preview_value = [
            {"title": "Meet wat er nu is", "text": "<p>Weeg een week lang wat er in de bakken zit.</p>"},
            {"title": "Kies één verandering", "text": "<p>Laat de leerlingen kiezen.</p>"},
        ]
        description = _("A numbered plan")
