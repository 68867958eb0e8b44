"""What hardly ever changes and every page needs: the site, its navigation, its settings, what is restricted.

Kept per process and built anew when the content stamp moves, so that a page pays no query for it.
"""

import threading
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, Site

from portal.stamps.models import CONTENT, read


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the navigation. `address` is the path on this site; `domain` the code of a domain page, else empty."""

    title: str
    address: str
    domain: str = ""


def telephone_uri(number: str) -> str:
    """A number as a `tel:` link wants it: digits and a leading plus."""
    return "".join(c for c in number if c.isdigit() or c == "+")


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the advice point."""

    intro: str = ""
    telephone: str = ""
    email: str = ""
    hours: str = ""

    @property
    def telephone_uri(self) -> str:
        """The number for a `tel:` link."""
        return telephone_uri(self.telephone)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One site as it stands at one value of the content stamp. `root` is the tree address (`url_path`) of its home page."""

    stamp: int
    site_id: int
    root: str
    name: str
    tagline: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    domains: tuple[Link, ...]
    contact: Contact
    restricted: tuple[str, ...]

    def address(self, url_path: str) -> str:
        """The path on this site of a page with this tree address."""
        return "/" + url_path.removeprefix(self.root)

    def is_restricted(self, tree_path: str) -> bool:
        """Whether a page at this place of the tree may not be shown to everybody."""
        return tree_path.startswith(self.restricted)


_kept: dict[int, Snapshot] = {}
# The stamp, the sites by host name, and the one for all other hosts.
_hosts: tuple[int, dict[str, Site], Site | None] = (-1, {}, None)
_lock = threading.Lock()


def current(request: HttpRequest | None = None) -> Snapshot:
    """The snapshot of the site of this request (the default site without one)."""
    stamp = read().get(CONTENT, 0)
    site = _site(request, stamp)
    if site is None:
        return Snapshot(stamp, 0, "/", "", "", (), (), (), Contact(), ())
    kept = _kept.get(site.pk)
    if kept is None or kept.stamp != stamp:
        kept = _build(site, stamp)
        with _lock:
            _kept[site.pk] = kept
    return kept


def visible(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Only what everybody may see: live, and not below a restriction."""
    hidden = Q()
    for path in current().restricted:
        hidden |= Q(path__startswith=path)
    return pages.filter(live=True).exclude(hidden) if hidden else pages.filter(live=True)


def _site(request: HttpRequest | None, stamp: int) -> Site | None:
    global _hosts
    kept = _hosts
    if kept[0] != stamp:
        sites = list(Site.objects.select_related("root_page").order_by("-is_default_site"))
        kept = _hosts = (stamp, {site.hostname: site for site in sites}, sites[0] if sites else None)
    _, by_host, default = kept
    host = request.META.get("HTTP_HOST", "").rpartition(":")[0] or request.META.get("HTTP_HOST", "") if request else ""
    return by_host.get(host, default)


def _build(site: Site, stamp: int) -> Snapshot:
    restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    root = site.root_page.url_path
    settings = apps.get_model("content", "SiteSettings").objects.filter(site=site).first()
    settings = settings or apps.get_model("content", "SiteSettings")()

    def links(rows: QuerySet[Page], *fields: str) -> tuple[Link, ...]:
        shown = rows.filter(live=True, path__startswith=site.root_page.path).values_list("path", "title", "url_path", *fields)
        return tuple(
            Link(title, "/" + url.removeprefix(root), *rest)
            for path, title, url, *rest in shown
            if not path.startswith(restricted)
        )

    menu = Page.objects.filter(depth=site.root_page.depth + 1, show_in_menus=True)
    plain = apps.get_model("content", "StandardPage").objects.filter(in_footer=True)
    domains = apps.get_model("content", "DomainPage").objects.filter(domain__isnull=False)
    return Snapshot(
        stamp=stamp,
        site_id=site.pk,
        root=root,
        name=settings.name,
        tagline=settings.tagline,
        navigation=links(menu.order_by("path")),
        footer=links(plain.order_by("path")),
        domains=links(domains.order_by("domain__order"), "domain__code"),
        contact=Contact(settings.contact_intro, settings.telephone, settings.email, settings.hours),
        restricted=restricted,
    )
