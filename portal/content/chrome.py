"""What stands round every page: name, navigation, contact."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.content.snapshot import Contact, Link, current


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A link of the main navigation; `current` when the visitor is on or below it."""

    title: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chrome:
    """The frame of a page."""

    site_name: str
    tagline: str
    navigation: tuple[NavigationLink, ...]
    footer_links: tuple[Link, ...]
    domains: tuple[Link, ...]
    contact: Contact
    editor: bool


def chrome(request: HttpRequest) -> Mapping[str, Any]:
    """Context processor: `chrome`, made when a template first asks for it."""
    return {"chrome": SimpleLazyObject(lambda: _chrome(request))}


def _chrome(request: HttpRequest) -> Chrome:
    site = current(request)
    links = ((link.title, link.address) for link in site.navigation)
    navigation = tuple(NavigationLink(title, address, request.path.startswith(address)) for title, address in links)
    return Chrome(
        site_name=site.name,
        tagline=site.tagline,
        navigation=navigation,
        footer_links=site.footer,
        domains=site.domains,
        contact=site.contact,
        # Only who carries a session can be an editor; a visitor's page never looks at the session at all.
        editor=settings.SESSION_COOKIE_NAME in request.COOKIES,
    )
