"""Writing into the log of rights."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model

from portal.audit.models import Entry

Fact = str | int | bool | None


def record(actor: AbstractBaseUser | AnonymousUser | None, action: str, target: Model, **facts: Fact) -> Entry:
    """Write down that `actor` did `action` ("group.added") to `target`; call it in the transaction that does so.

    Facts are codes, names of groups and numbers, and never say who somebody is: the log outlives an account. Raises ValueError
    for a fact that looks like a mail address.
    """
    for name, value in facts.items():
        if isinstance(value, str) and "@" in value:
            raise ValueError(f"the fact {name!r} names a person")
    by = actor.pk if actor is not None and actor.is_authenticated else None
    return Entry.objects.create(actor=by, action=action, target_kind=target._meta.label_lower, target=str(target.pk), facts=facts)
