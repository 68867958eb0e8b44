from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.content.blocks.callout import CalloutBlock
from portal.content.blocks.image import ImageBlock
from portal.content.blocks.links import LinksBlock
from portal.content.blocks.quote import QuoteBlock
from portal.content.blocks.steps import StepsBlock
from portal.content.blocks.text import TextBlock
from portal.content.blocks.video import VideoBlock


class BodyBlock(blocks.StreamBlock):
    """The body of an article: one block a concept."""

    text = TextBlock()
    callout = CalloutBlock()
    quote = QuoteBlock()
    image = ImageBlock()
    video = VideoBlock()
    steps = StepsBlock()
    links = LinksBlock()

    class Meta:
        label = _("Body")
        required = False
