from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.content.blocks.text import TextBlock

KINDS = [("tip", _("Tip")), ("note", _("Note")), ("warning", _("Warning"))]


class CalloutBlock(blocks.StructBlock):
    """A remark that stands out from the text."""

    kind = blocks.ChoiceBlock(choices=KINDS, default="tip", label=_("Kind"))
    text = TextBlock(features=["bold", "italic", "link", "ul"], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "content/blocks/callout.html"
        preview_value = {"kind": "tip", "text": "<p>Vraag de conciërge mee te kijken.</p>"}
        description = _("A tip, note or warning that stands out")
