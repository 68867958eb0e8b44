"""Images, their renditions and documents: the project's own models from the first migration on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PortalImage(AbstractImage):
    """A picture, stored as its pixels alone: no metadata of the camera survives the upload."""

    alt_text = models.CharField(_("alternative text"), max_length=255, blank=True)
    decorative = models.BooleanField(_("decorative"), default=False)
    credit = models.CharField(_("maker and licence"), max_length=255, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "alt_text", "decorative", "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class PortalRendition(AbstractRendition):
    """A picture at one size and in one format, made when the picture is stored."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="media_rendition_unique"),)


class PortalDocument(AbstractDocument):
    """A file to download: worksheets, slides, spreadsheets."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
