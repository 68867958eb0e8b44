"""The two small forms below a page."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.feedback.enums import Kind, State
from portal.feedback.models import Feedback
from portal.feedback.services import decide
from portal.honeypot import Honeypot

# Control and format characters (those that turn the reading direction among them), surrogates, private ones. More than
# `portal.characters` refuses: these are taken out without a word, and a visitor misses none of them.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co"})


class FeedbackForm(Honeypot, forms.Form):
    """A remark; compulsory when something is wrong."""

    remark = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Keep it under 1,000 characters.")},
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        labels = {Kind.USED: _("How did it go? (may be left empty)"), Kind.WRONG: _("What is wrong?")}
        self.fields["remark"].label = labels[kind]
        self.fields["remark"].required = kind is Kind.WRONG
        self.fields["remark"].error_messages["required"] = _("Write in one sentence what is wrong.")

    def clean_remark(self) -> str:
        """The words without characters that nobody sees: an editor could not tell what they do to the page."""
        typed: str = self.cleaned_data["remark"]
        remark = "".join(c for c in typed if c in "\r\n" or unicodedata.category(c) not in INVISIBLE).strip()
        if typed and not remark and self.kind is Kind.WRONG:
            raise forms.ValidationError(_("Write in one sentence what is wrong."))
        return remark


class DecisionForm(WagtailAdminModelForm):
    """What an editor does with a remark; the words of the visitor stay as they are."""

    class Meta:
        model = Feedback
        fields = ("state",)

    def clean_state(self) -> str:
        state: str = self.cleaned_data["state"]
        if state == State.SHOWN and (self.instance.kind == Kind.WRONG or not self.instance.remark):
            raise forms.ValidationError(_("Only a remark about use can be shown on the page."))
        return state

    def save(self, commit: bool = True) -> Feedback:
        decide(feedback=self.instance, state=State(self.cleaned_data["state"]))
        return self.instance
