"""A site to look at: content, settings and people of the demo, brought into the database."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Site

from portal.accounts.models import User
from portal.accounts.services import confirm_address
from portal.content.loading.loader import Report, load_folders
from portal.content.models import SiteSettings

DATA = Path(__file__).with_name("demo.toml")


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A person to sign in as: in a group, or with a part that a floor above gives (said in words), else an administrator."""

    email: str
    first_name: str
    last_name: str
    password: str
    group: str = ""
    part: str = ""

    @property
    def role(self) -> str:
        """What to tell who wants to sign in as this person."""
        return self.group or self.part or "administrator"


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The people of the demo."""
    data = _read()
    return tuple(DemoAccount(password=data["password"], **row) for row in data["accounts"])


@transaction.atomic
def load_demo(*, progress: Callable[[str], None]) -> Report:
    """Bring the demo into the database, all or nothing; what is there already, changed by hand or not, stays as it is.

    Raises `ContentFileError` for a content file that is wrong.
    """
    report = load_folders(settings.DEMO_CONTENT, progress=progress)
    _set_up_site()
    for account in demo_accounts():
        _make_account(account)
    return report


def _read() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def _set_up_site() -> None:
    site = Site.objects.get(is_default_site=True)
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    place = (address.hostname, address.port or 80)
    if (site.hostname, site.port) != place:
        site.hostname, site.port = place
        site.save()
    SiteSettings.objects.get_or_create(site=site, defaults=_read()["site"])


def _make_account(account: DemoAccount) -> None:
    if User.objects.filter(email=account.email).exists():
        return
    make = User.objects.create_user if account.group or account.part else User.objects.create_superuser
    user = make(account.email, account.password, first_name=account.first_name, last_name=account.last_name)
    confirm_address(user)
    if account.group:
        user.groups.add(Group.objects.get(name=account.group))
