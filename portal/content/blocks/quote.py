from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class QuoteBlock(blocks.StructBlock):
    """Somebody's own words."""

    text = blocks.TextBlock(max_length=600, label=_("Text"))
    source = blocks.CharBlock(max_length=160, required=False, label=_("Name and role"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "content/blocks/quote.html"
        preview_value = {"text": "De leerlingen vonden meer brood dan papier.", "source": "Leraar groep 6"}
        description = _("Somebody's own words, with name and role")
