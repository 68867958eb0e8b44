"""How the log of rights reads where it is about accounts and groups."""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from portal.audit.words import name_acts, name_fact

name_acts(
    {
        "group.added": _("Added to a group"),
        "group.removed": _("Taken out of a group"),
        "permissions.add": _("Group got rights"),
        "permissions.remove": _("Group lost rights"),
        "administrator": _("Is an administrator"),
        "account open": _("Account is open"),
        "account.erased": _("Account erased"),
        "second-factor.added": _("Second step set up"),
        "second-factor.removed": _("Second step removed"),
    }
)
name_fact("group", _("group"))
name_fact("permissions", _("number of rights"))
name_fact("now", _("from now on"))
name_fact(
    "type",
    _("by way of"),
    {
        Authenticator.Type.TOTP.value: _("an app with codes"),
        Authenticator.Type.WEBAUTHN.value: _("a passkey"),
        Authenticator.Type.RECOVERY_CODES.value: _("recovery codes"),
    },
)
