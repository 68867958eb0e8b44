"""Old addresses keep working after a page or a whole section was renamed or moved.

One rule a move, written in its transaction, covers all that lives below; see `MovedSection`. Wagtail's own redirects are a row
for each page below, made after the commit: slow, and lost when the process dies in between.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.utils import timezone
from wagtail.models import Page, Site

from portal.content.models.moves import LONGEST_ADDRESS, MovedSection
from portal.content.snapshot import Snapshot

DEEPEST = 12


def remember_address(page: Page, *, before: str) -> None:
    """Keep the address that this page is about to lose. `before` is the tree address (`url_path`) it has in the database,
    `page.url_path` the one it gets. Call it in the transaction of the change."""
    home = _home_above(before)
    if home is None:
        return
    addresses = {**_inherited(home, before), before: timezone.now()}
    rules = [
        MovedSection(site_id=home.site_id, old_path=home.public(address), page_id=page.pk, moved_at=moment)
        for address, moment in addresses.items()
        if len(home.public(address)) <= LONGEST_ADDRESS
    ]
    MovedSection.objects.bulk_create(
        rules, update_conflicts=True, unique_fields=["site", "old_path", "page"], update_fields=["moved_at"]
    )
    # Back where it was once.
    MovedSection.objects.filter(site=home.site_id, page=page, old_path=home.public(page.url_path)).delete()


def redirect_moved(request: HttpRequest, site: Snapshot, path: str) -> HttpResponsePermanentRedirect:
    """The way to what lived at this path of the site and is now somewhere else. Raises Http404 when nothing did, or when nobody
    may see it any more."""
    address = _moved_to(site, "/" + path)
    if address is None or address == "/" + path:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    # A browser keeps a permanent redirect for ever, and would go round in circles once the page has moved back.
    response["Cache-Control"] = "no-cache"
    return response


def _moved_to(site: Snapshot, path: str) -> str | None:
    """The address of the page that was the last to live at this path."""
    rules = MovedSection.objects.filter(site=site.site_id, old_path__in=_sections(path))
    # Whoever left last was there last; of those that left at once, the one that is nearest.
    found = rules.values_list("moved_at", "old_path", "page__url_path")
    rows = sorted(found, key=lambda row: (row[0], len(row[1])), reverse=True)
    targets = [new + path.removeprefix(old) for _, old, new in rows if new.startswith(site.root)]
    if not targets:
        return None
    pages = Page.objects.filter(url_path__in=targets, live=True).values_list("url_path", "path")
    shown = {url_path for url_path, tree_path in pages if not site.is_restricted(tree_path)}
    return next((site.address(target) for target in targets if target in shown), None)


def _sections(path: str) -> list[str]:
    """A path of the site and all that stand above it, but not the home page: `/a/`, `/a/b/`."""
    parts = path.strip("/").split("/")[:DEEPEST]
    found = ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)]
    return [section for section in found if len(section) <= LONGEST_ADDRESS]


@dataclass(frozen=True, slots=True)
class _Home:
    """The home page of a site, by its tree address."""

    site_id: int
    url_path: str

    def public(self, url_path: str) -> str:
        """What a visitor calls the page with this tree address; one of another site keeps its tree address."""
        return "/" + url_path.removeprefix(self.url_path)


def _home_above(url_path: str) -> _Home | None:
    """The home page above this tree address, the nearest if there are several; None for a home page and outside all sites."""
    homes = [_Home(pk, root) for pk, root in Site.objects.values_list("pk", "root_page__url_path")]
    above = [home for home in homes if url_path.startswith(home.url_path) and url_path != home.url_path]
    return max(above, key=lambda home: len(home.url_path), default=None)


def _inherited(home: _Home, before: str) -> dict[str, datetime]:
    """Addresses that led to this page through a section above it that moved earlier. The rule of that section would still lead to
    where the page is no more."""
    above = [home.url_path + section[1:] for section in _sections(home.public(before))[:-1]]
    rows = MovedSection.objects.filter(site=home.site_id, page__url_path__in=above)
    return {
        home.url_path + old[1:] + before.removeprefix(now): moment
        for old, now, moment in rows.order_by("moved_at").values_list("old_path", "page__url_path", "moved_at")
    }
