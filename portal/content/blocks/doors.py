from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.content.blocks.links import TargetBlock

# One slash: two would lead to another site, and browsers read a backslash as a slash.
OWN_ADDRESS = RegexValidator(r"^/([^/\\\s][^\\\s]*)?\Z", _("Begin with one slash: an address on this site."))


class DoorBlock(TargetBlock):
    """One of the large entrances on the home page."""

    kicker = blocks.CharBlock(max_length=40, label=_("Heading above"))
    title = blocks.CharBlock(max_length=80, label=_("Title"))
    text = blocks.CharBlock(max_length=160, label=_("Text"))
    page = blocks.PageChooserBlock(required=False, label=_("Page of this site"))
    url = blocks.CharBlock(max_length=255, required=False, validators=[OWN_ADDRESS], label=_("Or an address that begins with /"))
    domain = blocks.CharBlock(max_length=40, required=False, label=_("Code of a domain, for its colour"))

    class Meta:
        icon = "login"
        label = _("Door")
        template = "content/blocks/door.html"
        preview_value = {
            "kicker": "Les vinden",
            "title": "Een les die morgen past",
            "text": "Met tijd, groep en kerndoel erbij.",
            "page": None,
            "url": "/zoeken/?kind=les",
            "domain": "curriculum",
        }
        description = _("A large entrance on the home page")
