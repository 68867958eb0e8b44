"""Taking one's data along, and leaving."""

import json
import zipfile
from collections.abc import Sequence
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


def erase(*people: User, by: User | None) -> None:
    """Remove accounts and all that leads to these people, all or nothing. The log keeps that the accounts with these numbers were
    erased. Raises LastAdministrator."""
    with transaction.atomic():
        _keep_an_administrator(people)
        erase_traces(people, by=by)
        for person in people:
            person.delete()


def erase_traces(people: Sequence[User], *, by: User | None) -> None:
    """Remove what leads to people whose accounts are deleted in the same transaction, and write down that they were.

    Deleting an account calls this by itself, whichever screen or query does it (`portal.accounts.signals`).
    """
    for provider in providers():
        provider.erase(people)
    for person in people:
        record(by, "account.erased", person)
        person.traces_erased = True


def _keep_an_administrator(people: Sequence[User]) -> None:
    leaving = {person.pk for person in people if person.is_superuser}
    if not leaving:
        return
    # Locked, and always in the same order: of two last administrators who leave at once the second finds that the first has gone.
    administrators = User.objects.select_for_update().filter(is_superuser=True, is_active=True).order_by("pk")
    if not {person.pk for person in administrators} - leaving:
        raise LastAdministrator
