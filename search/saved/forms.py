"""The small form below the results: an address to mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.honeypot import Honeypot
from portal.outbox.forms import MailAddressField


class SaveForm(Honeypot, forms.Form):
    """One mail address."""

    email = MailAddressField(label=_("Your e-mail address"))
