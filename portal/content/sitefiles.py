"""Small files that machines ask a site for."""

from datetime import datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.content.snapshot import current, visible

# The sitemap protocol allows 50,000 addresses and 50 MB a file.
SITEMAP_SIZE = 10_000
SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be indexed but the desk and the filtered views of the finder, of which there are endlessly many."""
    lines = ("User-agent: *", "Disallow: /admin/", "Disallow: /zoeken/?", f"Sitemap: {_absolute(reverse('sitemap'))}", "")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest, number: int = 0) -> HttpResponse:
    """The addresses of all public pages with the day of their last publication: in one file while they fit, else as an index
    (`number` 0) of files of SITEMAP_SIZE addresses each, counted from 1."""
    pages = _public_pages(request)
    files = -(-pages.count() // SITEMAP_SIZE)
    if number > files:
        raise Http404
    if number == 0 and files > 1:
        parts = [
            f"<sitemap><loc>{_location(reverse('sitemap-part', args=[part]))}</loc></sitemap>" for part in range(1, files + 1)
        ]
        return _xml("sitemapindex", parts)
    start = max(0, number - 1) * SITEMAP_SIZE
    site = current(request)
    rows = pages.values_list("url_path", "last_published_at")[start : start + SITEMAP_SIZE]
    return _xml("urlset", [_entry(site.address(url_path), published) for url_path, published in rows])


def _public_pages(request: HttpRequest) -> QuerySet[Page]:
    # An alias repeats a page that has an address of its own.
    return visible(Page.objects.filter(url_path__startswith=current(request).root, alias_of=None)).order_by("pk")


def _entry(address: str, published: datetime | None) -> str:
    changed = f"<lastmod>{published:%Y-%m-%d}</lastmod>" if published else ""
    return f"<url><loc>{_location(address)}</loc>{changed}</url>"


def _location(address: str) -> str:
    return escape(_absolute(quote(address)))


def _absolute(address: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{address}"


def _xml(kind: str, parts: list[str]) -> HttpResponse:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="{SITEMAP_NAMESPACE}">'
    return HttpResponse("\n".join([head, *parts, f"</{kind}>\n"]), content_type="application/xml; charset=utf-8")
