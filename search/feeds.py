"""The newest results of a search as an Atom feed."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from portal.content.cards import specific_pages
from portal.content.feeds import entry_id, plain
from portal.content.snapshot import current
from search import finder
from search.addresses import absolute
from search.forms import parse
from search.saved.services import describe

SIZE = 30


@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """`/zoeken/feed/` takes the parameters of the finder; order and page do not count. Without a working engine readers are told
    to come back, so that they keep what they have."""
    asked = parse(request.GET)
    results = finder.find(replace(asked.query, sort="new", page=1, size=SIZE))
    if not results.available:
        return HttpResponse(status=503, headers={"Retry-After": "600", "X-Robots-Tag": "noindex"})
    query = asked.canonical()
    atom = Atom1Feed(
        title=plain(f"{current(request).name} – {describe(asked)}"),
        link=absolute(f"{reverse('search')}?{query}"),
        description=_("The newest results of a search"),
        language="nl",
        feed_url=absolute(f"{reverse('search-feed')}?{query}"),
    )
    for page in specific_pages([int(hit.key) for hit in results.hits if hit.key.isdigit()]):
        atom.add_item(
            title=plain(page.title),
            link=absolute(current(request).address(page.url_path)),
            unique_id=entry_id(page),
            description=plain(page.summary),
            pubdate=page.first_published_at,
            updateddate=page.last_published_at,
            categories=[str(page.kind_label)],
        )
    text = atom.writeString("utf-8")
    return HttpResponse(text, content_type=atom.content_type, headers={"Cache-Control": "no-cache", "X-Robots-Tag": "noindex"})
