"""What people are called."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.media.names import clean_name


class NameForm(forms.Form):
    """First and last name; the part of signing up that is ours. Not beside the other forms: allauth builds those on this one."""

    first_name = forms.CharField(label=_("First name"), max_length=150, widget=forms.TextInput({"autocomplete": "given-name"}))
    last_name = forms.CharField(label=_("Last name"), max_length=150, widget=forms.TextInput({"autocomplete": "family-name"}))
    field_order = ("first_name", "last_name", "email", "password1")

    def clean_first_name(self) -> str:
        """Without what cannot be seen."""
        return clean_name(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        """Without what cannot be seen."""
        return clean_name(self.cleaned_data["last_name"])

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called when an account was made; allauth has put the names into it already."""
