"""The form with which somebody hands in a table."""

from typing import Any

from django import forms
from django.core.files.base import File
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lessons.imports.files import check_upload
from lessons.models import LessonIndexPage


class ImportForm(forms.Form):
    """A file, and the page to put its lessons below when there is a choice."""

    file = forms.FileField(
        label=_("XLSX or CSV file"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("At most 20 MB and 5,000 lessons. First it is only checked; nothing is written."),
    )
    index = forms.ModelChoiceField(label=_("Below"), queryset=LessonIndexPage.objects.none(), empty_label=None)

    def __init__(self, *args: Any, indexes: QuerySet[LessonIndexPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["index"]
        field.queryset = indexes
        if len(indexes) == 1:
            field.widget, field.initial = forms.HiddenInput(), indexes[0]

    def clean_file(self) -> File:
        return check_upload(self.cleaned_data["file"])
