from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock


class ImageBlock(blocks.StructBlock):
    """A picture with an optional caption; its alternative text belongs to the picture itself."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(max_length=255, required=False, label=_("Caption"))

    def get_preview_value(self) -> Any:
        return self.normalize({"image": get_image_model().objects.order_by("-pk").first(), "caption": "Bijschrift"})

    class Meta:
        icon = "image"
        label = _("Image")
        template = "content/blocks/image.html"
        description = _("A picture with an optional caption")
