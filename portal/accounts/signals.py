"""What follows from what happens to an account."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from portal.accounts.erasing import erase_traces
from portal.accounts.models import User
from portal.accounts.staff import FACTORS
from portal.audit.services import record

CHANGES = {"post_add": "group.added", "post_remove": "group.removed", "pre_clear": "group.removed"}
RIGHTS = {"is_superuser": "administrator", "is_active": "account open"}


@receiver(authenticator_added)
def count_as_used(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Who set up a second factor has just shown to have it, and need not show it again at once."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    record(user, "second-factor.added", user, type=str(authenticator.type))


@receiver(authenticator_removed)
def record_removal(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A second factor less is worth knowing."""
    record(user, "second-factor.removed", user, type=str(authenticator.type))


@receiver(m2m_changed, sender=User.groups.through)
def record_groups(instance: User | Group, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Who came into a group or left it, whichever screen did it."""
    if action not in CHANGES:
        return
    others = pk_set or set()
    if isinstance(instance, User):
        if action == "pre_clear":
            others = set(instance.groups.values_list("pk", flat=True))
        pairs = [(instance, group) for group in Group.objects.filter(pk__in=others)]
    else:
        members = instance.user_set.all() if action == "pre_clear" else User.objects.filter(pk__in=others)
        pairs = [(user, instance) for user in members]
    for user, group in pairs:
        # The name of a group is free, and the log takes nothing that looks like a mail address.
        record(_acting(), CHANGES[action], user, group=group.name.replace("@", " at "))


@receiver(m2m_changed, sender=Group.permissions.through)
def record_permissions(instance: Any, action: str, pk_set: set[int] | None, **kwargs: Any) -> None:
    """A group that may do more or less than before."""
    if isinstance(instance, Group) and action in CHANGES and pk_set:
        record(_acting(), f"permissions.{action.removeprefix('post_')}", instance, permissions=len(pk_set))


@receiver(pre_save, sender=User)
def remember_rights(instance: User, raw: bool, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """What the account was before it is saved; nothing is looked up for a save that cannot change it (signing in)."""
    watched = {*RIGHTS, "email"}
    instance._before = None  # type: ignore[attr-defined]
    if instance.pk and not raw and (update_fields is None or watched & update_fields):
        instance._before = User.objects.filter(pk=instance.pk).values(*watched).first()  # type: ignore[attr-defined]


@receiver(post_save, sender=User)
def record_rights(instance: User, created: bool, **kwargs: Any) -> None:
    """Rights that changed go into the log. An address that an administrator replaced no longer opens the account."""
    before = getattr(instance, "_before", None)
    if created and instance.is_superuser:
        record(_acting(), "administrator", instance, now=True)
    if before is None:
        return
    for field, act in RIGHTS.items():
        if before[field] != getattr(instance, field):
            record(_acting(), act, instance, now=bool(getattr(instance, field)))
    if before["email"].lower() != instance.email.lower():
        EmailAddress.objects.filter(user=instance).exclude(email__iexact=instance.email).delete()


@receiver(pre_delete, sender=User)
def erase_with_the_account(instance: User, **kwargs: Any) -> None:
    """Whichever screen or query deletes an account, the traces of the person go with it, in the transaction of the deletion."""
    if not instance.traces_erased:
        erase_traces([instance], by=_acting())


def _acting() -> Any:
    """Who sent the request that is being answered, if there is one."""
    request = context.request
    return getattr(request, "user", None)
