from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.content.snapshot import current


class LinkValue(blocks.StructValue):
    """A link to a page of this site or to an address elsewhere."""

    @property
    def href(self) -> str:
        """The address, empty when the page behind it is gone or not live."""
        page = self.get("page")
        if page:
            return current().address(page.url_path) if page.live else ""
        return self.get("url") or ""

    @property
    def external(self) -> bool:
        """Whether the link leaves this site."""
        return not self.get("page")


class TargetBlock(blocks.StructBlock):
    """What leads somewhere: its children `page` and `url` are a page of this site and an address, one of the two."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            message = ValidationError(_("Choose a page of this site or fill in an address, one of the two."))
            raise blocks.StructBlockValidationError(block_errors={"url": message})
        return cleaned

    class Meta:
        value_class = LinkValue


class LinkBlock(TargetBlock):
    """One link: a page of this site or an address elsewhere."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    page = blocks.PageChooserBlock(required=False, label=_("Page of this site"))
    url = blocks.URLBlock(required=False, label=_("Address elsewhere"))
    note = blocks.CharBlock(max_length=255, required=False, label=_("Note"))

    class Meta:
        icon = "link"
        label = _("Link")
        template = "content/blocks/link.html"
        preview_value = {"title": "Meten is weten", "page": None, "url": "https://www.example.org/", "note": "Rekenblad"}
        description = _("A link with a note")


class LinksBlock(blocks.ListBlock):
    """A list of links to read on."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(LinkBlock(), **kwargs)

    class Meta:
        icon = "link"
        label = _("Links")
        template = "content/blocks/links.html"
        preview_value = [{"title": "Meten is weten", "page": None, "url": "https://www.example.org/", "note": "Rekenblad"}]
        description = _("A list of links to read on")
