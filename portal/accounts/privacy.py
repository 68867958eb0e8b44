"""What an account is made of, and how it ends."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from portal.accounts.erasing import erase
from portal.accounts.models import User
from portal.privacy import addresses, classify, keep, mentions, register

UNCONFIRMED_DAYS = 14
# Each batch of accounts reads all sessions and mails once.
BATCH = 100

classify(
    "accounts.User",
    personal="password last_login first_name last_name email date_joined",
    internal="is_superuser is_staff is_active groups user_permissions",
)
classify("account.EmailAddress", personal="user email", internal="verified primary")
classify("account.EmailConfirmation", personal="email_address key", internal="created sent")
classify("mfa.Authenticator", personal="user data last_used_at", internal="type created_at")
classify("usersessions.UserSession", personal="user ip user_agent session_key data created_at last_seen_at")
classify("socialaccount.SocialApp", internal="provider provider_id name client_id secret key settings")
classify("socialaccount.SocialAccount", personal="user uid extra_data last_login date_joined", internal="provider")
classify("socialaccount.SocialToken", personal="account token token_secret", internal="app expires_at")


def _export(user: User) -> dict[str, Any]:
    sessions = UserSession.objects.filter(user=user).order_by("created_at")
    return {
        "name": [user.first_name, user.last_name],
        "email": user.email,
        "other_addresses": list(EmailAddress.objects.filter(user=user).exclude(email=user.email).values_list("email", flat=True)),
        "made": user.date_joined,
        "last_signed_in": user.last_login,
        "groups": list(user.groups.order_by("name").values_list("name", flat=True)),
        "administrator": user.is_superuser,
        "second_factors": list(user.authenticator_set.order_by("pk").values("type", "created_at", "last_used_at")),
        "signed_in_at": list(sessions.values("created_at", "ip", "user_agent")),
        "organisations": list(user.socialaccount_set.order_by("pk").values("provider", "uid", "date_joined", "extra_data")),
    }


def _erase(people: Sequence[User]) -> None:
    """Sessions are not bound to the account by the database; the rest of an account goes with it."""
    Session.objects.filter(session_key__in=UserSession.objects.filter(user__in=people).values("session_key")).delete()
    keys = {str(person.pk) for person in people}
    names = mentions(set[str]().union(*map(addresses, people)))
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if (kept := session.get_decoded()).get(SESSION_KEY) in keys or any(map(names.search, _texts(kept)))
    ]
    Session.objects.filter(pk__in=theirs).delete()


def _texts(kept: Any) -> Iterator[str]:
    """Every name and value in what a session keeps, however deep."""
    if isinstance(kept, dict):
        yield from (text for pair in kept.items() for part in pair for text in _texts(part))
    elif isinstance(kept, list | tuple):
        yield from (text for part in kept for text in _texts(part))
    else:
        yield str(kept)


def _unconfirmed() -> QuerySet[User]:
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    before = timezone.now() - timedelta(days=UNCONFIRMED_DAYS)
    never = User.objects.filter(last_login=None, date_joined__lt=before, is_superuser=False, groups=None)
    return never.filter(Exists(EmailAddress.objects.filter(user=OuterRef("pk")))).exclude(Exists(confirmed))


def _erase_all(users: QuerySet[User]) -> None:
    # Asked anew for each batch: who confirms meanwhile stays.
    while batch := list(users.order_by("pk")[:BATCH]):
        erase(*batch, by=None)


def _ended() -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=timezone.now())


def _without_session() -> QuerySet[UserSession]:
    return UserSession.objects.exclude(Exists(Session.objects.filter(session_key=OuterRef("session_key"))))


register("account", export=_export, erase=_erase)
keep("accounts that were never confirmed", due=_unconfirmed, end=_erase_all)
keep("ended sessions", due=_ended)
keep("traces of ended sessions", due=_without_session)
