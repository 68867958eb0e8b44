"""The daily mail about new pages for a saved search."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.http import QueryDict
from django.utils import timezone
from wagtail.models import Page

from portal.content.cards import cards_for, specific_pages
from portal.content.snapshot import visible
from search import finder
from search.enums import SavedState
from search.forms import parse
from search.models import SavedSearch
from search.query import MAX_SIZE
from search.saved.services import mail

# Pages younger than this wait for the next day: every index has the others by then, so that none is passed over.
SETTLED = timedelta(hours=1)
SHOWN = 10

log = logging.getLogger(__name__)


def send_alerts() -> int:
    """Mail every confirmed saved search that has new pages; returns the number of mails.

    The mail and the moment up to which a search is done are written in one transaction, and only while that moment is still
    what it was: run twice, twice at once, or killed anywhere, no page is mailed twice and none is forgotten.
    """
    until = timezone.now() - SETTLED
    due = SavedSearch.objects.filter(state=SavedState.CONFIRMED, last_seen__lt=until)
    since = due.aggregate(Min("last_seen"))["last_seen__min"]
    if since is None:
        return 0
    published = dict(
        visible(Page.objects.filter(first_published_at__gt=since, first_published_at__lte=until)).values_list(
            "pk", "first_published_at"
        )
    )
    return sum(_alert(saved, published, until) for saved in list(due.order_by("pk")))


def _alert(saved: SavedSearch, published: Mapping[int, datetime], until: datetime) -> bool:
    """Mail one saved search if there is news; whether there was. While no engine answers its news waits."""
    new = {key for key, moment in published.items() if moment > saved.last_seen}
    keys = _found(saved, new) if new else []
    if keys is None:
        return False
    cards = cards_for(specific_pages(keys[:SHOWN]))
    sent = {"last_sent_at": timezone.now()} if cards else {}
    as_seen = SavedSearch.objects.filter(pk=saved.pk, state=SavedState.CONFIRMED, last_seen=saved.last_seen)
    with transaction.atomic():
        if not as_seen.update(last_seen=until, **sent) or not cards:
            return False
        values = {"cards": cards, "number": len(keys), "more": len(keys) > len(cards)}
        mail(saved, "alert", values, dedupe_key=f"search-alert:{saved.pk}:{saved.last_seen.timestamp()}")
    return True


def _found(saved: SavedSearch, new: set[int]) -> list[int] | None:
    """Which of the new pages the search finds, newest first; None when nobody can say."""
    asked = parse(QueryDict(saved.query))
    if asked.unknown:
        # Without the filter that has gone it would find everything.
        log.warning("Saved search %s has a filter that does not exist any more; it finds nothing", saved.pk)
        return []
    results = finder.find(replace(asked.query, sort="new", size=MAX_SIZE))
    if not results.available:
        return None
    return [int(hit.key) for hit in results.hits if hit.key.isdigit() and int(hit.key) in new]
