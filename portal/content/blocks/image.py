from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class ImageBlock(blocks.StructBlock):
    """A picture with an optional caption; its alternative text belongs to the picture itself."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(max_length=255, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Image")
        template = "content/blocks/image.html"
        preview_value = {"image": None, "caption": "Bijschrift"}
        description = _("A picture with an optional caption")
