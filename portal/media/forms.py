"""The editors' forms for images and documents: what is wrong with a file is said beside the field, and nothing is stored."""

from typing import Any

from django import forms
from django.core.files.base import File
from django.forms.fields import FileField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.media.documents import CheckedDocument, check_document
from portal.media.images import CleanPicture, clean_picture
from portal.media.names import clean_name


class PictureField(WagtailImageField):
    """Takes an upload and gives the picture made anew from it. Wagtail's own reading is left out: a broken file breaks it."""

    default_validators = ()

    def to_python(self, data: File | None) -> CleanPicture | None:
        upload = FileField.to_python(self, data)
        return None if upload is None else clean_picture(upload)


class MediaFormMixin(forms.BaseForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail would delete the replaced file before the new one is safe; ours goes at the commit (signals.py).
        self.original_file = None

    def clean_title(self) -> str:
        return clean_name(self.cleaned_data["title"])


class PortalImageForm(MediaFormMixin, BaseImageForm):
    """Wagtail's image form, with our reading of the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            self.fields["file"] = PictureField(label=stock.label, required=stock.required, widget=stock.widget)

    def clean_description(self) -> str:
        return clean_name(self.cleaned_data["description"])

    def clean_credit(self) -> str:
        return clean_name(self.cleaned_data["credit"])


class PortalDocumentForm(MediaFormMixin, BaseDocumentForm):
    """Wagtail's document form, with our reading of the file."""

    def clean_file(self) -> File | CheckedDocument:
        file = self.cleaned_data["file"]
        return check_document(file) if "file" in self.changed_data else file
