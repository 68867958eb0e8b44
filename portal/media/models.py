"""Images, their renditions and documents: the project's own models from the first migration on."""

from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image

from portal.media.documents import KINDS
from portal.media.names import extension_of


class PortalImage(AbstractImage):
    """A picture, stored as its pixels alone: no metadata of the camera survives the upload.

    Wagtail's `description` is the alternative text. The flag is not called `decorative`, because Wagtail keeps the choice of one
    block in an attribute of that name on every image.
    """

    description = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        default="",
        help_text=_("What does the picture show to someone who cannot see it? One sentence."),
    )
    is_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("Tick this when the picture only adorns and tells nothing.")
    )
    credit = models.CharField(_("maker and licence"), max_length=255, blank=True)
    # Which declarations and which rows the ready sizes come from; blank while sizes are still to be made.
    renditions_key = models.CharField(max_length=40, blank=True, default="", editable=False, db_index=True)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "credit",
        *(name for name in Image.admin_form_fields if name not in ("title", "file", "description")),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_decorative=True) | ~models.Q(description=""), name="media_image_has_alt"
            ),
        )

    @property
    def default_alt_text(self) -> str:
        """What a screen reader says; empty for a decorative picture, which it then skips."""
        return "" if self.is_decorative else self.description

    def clean(self) -> None:
        """Raise ValidationError beside the alternative text when it is missing."""
        super().clean()
        if not self.is_decorative and not self.description.strip():
            raise ValidationError({"description": _("Describe what the picture shows, or tick “decorative”.")})

    def create_rendition(self, filter: Filter) -> "PortalRendition":
        """Wagtail's door for making a size when it is asked for, closed: it would open in a visitor's request.

        Lends the smallest ready size that shows the whole picture, under the name that was asked for and unsaved. For "original",
        which Wagtail shows to editors with its measures, it is the largest; the original itself has no public address.
        """
        ready = self._get_prefetched_renditions() or self.renditions.all()
        whole = sorted((row for row in ready if not row.filter_spec.startswith("fill-")), key=lambda row: row.width)
        loan = PortalRendition(image=self, filter_spec=filter.spec, focal_point_key=filter.get_cache_key(self), width=0, height=0)
        if not whole:
            # The name that Wagtail itself uses for a picture whose file is lost.
            loan.file.name = "not-found"
        elif filter.spec == "original":
            loan.file.name, loan.width, loan.height = whole[-1].file.name, self.width, self.height
        else:
            loan.file.name, loan.width, loan.height = whole[0].file.name, whole[0].width, whole[0].height
        return loan

    def create_renditions(self, *filters: Filter) -> dict[Filter, "PortalRendition"]:
        """The same for several sizes."""
        return {filter: self.create_rendition(filter) for filter in filters}


class PortalRendition(AbstractRendition):
    """A picture at one size and in one format, made when the picture is stored."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="media_rendition_unique"),
        )


class PortalDocument(AbstractDocument):
    """A file to download: worksheets, slides, spreadsheets."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def content_type(self) -> str:
        """The MIME type of its kind; not guessed, as machines differ in what they guess."""
        kind = KINDS.get(extension_of(self.filename))
        return kind.mime if kind else "application/octet-stream"

    @property
    def content_disposition(self) -> str:
        """Always a download, PDF too: a document never runs in the site's own pages."""
        return f"attachment; filename*=UTF-8''{quote(self.filename)}"
