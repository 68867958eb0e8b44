"""Mails to editors and moderators, in the language that each chose, written in the transaction of what they are about."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.users.models import UserProfile

from portal.accounts.groups import MODERATORS
from portal.accounts.models import User


def moderators() -> list[User]:
    """Everybody who publishes; the administrators when there is no moderator."""
    active = User.objects.filter(is_active=True).order_by("pk")
    return list(active.filter(groups__name=MODERATORS)) or list(active.filter(is_superuser=True))


def people_of(pages: Collection[Page]) -> dict[int, list[User]]:
    """Who looks after each page, by its key: its owner while that person may edit it, else the moderators."""
    owners = {user.pk: user for user in User.objects.filter(pk__in={page.owner_id for page in pages}, is_active=True)}
    others: list[User] | None = None
    found: dict[int, list[User]] = {}
    for page in pages:
        owner = owners.get(page.owner_id)
        if owner and page_permission_policy.user_has_permission_for_instance(owner, "change", page):
            found[page.pk] = [owner]
        else:
            others = moderators() if others is None else others
            found[page.pk] = others
    return found


def tell(people: Iterable[User], subject: str, values: Mapping[str, Any]) -> None:
    """Mail each of these people `content/mail/<subject>.txt`; its first line is the subject."""
    for person in people:
        with override(UserProfile.get_for_user(person).get_preferred_language()):
            context = {**values, "person": person, "base_url": settings.WAGTAILADMIN_BASE_URL}
            text = render_to_string(f"content/mail/{subject}.txt", context)
        title, _, body = text.strip().partition("\n")
        send_mail(title.strip(), body.strip() + "\n", None, [person.email])
