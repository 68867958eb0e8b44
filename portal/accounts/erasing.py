"""Taking one's data along, and leaving."""

import json
import zipfile
from io import BytesIO

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from portal.accounts.models import User
from portal.audit.services import record
from portal.privacy import providers


class LastAdministrator(Exception):  # noqa: N818 - it says who it is
    """Nobody else could run the site."""


def export(user: User) -> bytes:
    """A ZIP with a JSON file for each app that knows something about this person."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for provider in providers():
            known = json.dumps(provider.export(user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            archive.writestr(f"{provider.name}.json", known)
    return file.getvalue()


def erase(user: User, *, by: User | None) -> None:
    """Remove the account and all that leads to the person, all or nothing. The log keeps that the account with this number was
    erased. Raises LastAdministrator."""
    with transaction.atomic():
        if user.is_superuser and not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists():
            raise LastAdministrator
        for provider in providers():
            provider.erase(user)
        record(by, "account.erased", user)
        user.delete()
