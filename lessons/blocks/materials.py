from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock

from lessons.enums import Audience


class MaterialDocumentBlock(blocks.StructBlock):
    """A file to download."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    document = DocumentChooserBlock(label=_("Document"))
    audience = blocks.ChoiceBlock(choices=Audience.choices, default=Audience.PUPIL, label=_("For whom"))

    def get_preview_value(self) -> Any:
        document = get_document_model().objects.order_by("-pk").first()
        return self.normalize({"title": "Werkblad afval wegen", "document": document, "audience": "pupil"})

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "lessons/blocks/material_document.html"
        description = _("A file to download, for pupils or for the teacher")


class MaterialLinkBlock(blocks.StructBlock):
    """Material that stands elsewhere."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    url = blocks.URLBlock(label=_("Address"))
    audience = blocks.ChoiceBlock(choices=Audience.choices, default=Audience.PUPIL, label=_("For whom"))

    class Meta:
        icon = "link-external"
        label = _("Link")
        template = "lessons/blocks/material_link.html"
        preview_value = {"title": "Kaart van de buurt", "url": "https://www.example.org/kaart", "audience": "teacher"}
        description = _("Material that stands elsewhere")


class MaterialsBlock(blocks.StreamBlock):
    """All material that goes with a lesson."""

    document = MaterialDocumentBlock()
    link = MaterialLinkBlock()

    class Meta:
        required = False
