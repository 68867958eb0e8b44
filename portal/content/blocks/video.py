from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class VideoBlock(blocks.StructBlock):
    """A link to a film. It is never embedded: a visitor meets no third party before choosing to."""

    url = blocks.URLBlock(label=_("Address"), validators=[URLValidator(schemes=["https", "http"])])
    title = blocks.CharBlock(max_length=160, label=_("Title"))
    minutes = blocks.IntegerBlock(min_value=1, max_value=600, required=False, label=_("Minutes"))

    class Meta:
        icon = "media"
        label = _("Video link")
        template = "content/blocks/video.html"
        preview_value = {"url": "https://www.example.org/film", "title": "Wat gebeurt er met ons afval?", "minutes": 4}
        description = _("A link to a film elsewhere")
