"""Atom feeds of what is new: of everything, and of each kind of page."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.content.cards import tagged_models
from portal.content.snapshot import current, visible

SIZE = 30
# RFC 4151 wants a moment at which the host was ours; one for all, because a date of the page may change.
_TAGGED_SINCE = "2026"
# What XML 1.0 cannot hold at all, not even escaped.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def entry_id(page: Any) -> str:
    """What a feed reader knows a page by: a tag URI (RFC 4151) that is the same in every feed and stays when the page moves.
    Django's own has the address in it, behind two slashes."""
    return f"tag:{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname},{_TAGGED_SINCE}:page/{page.pk}"


def plain(text: str) -> str:
    """A text as XML can hold it: a vertical tab, which presentations use as a line break, becomes a space."""
    return _NOT_IN_XML.sub(" ", text)


class NewPages(Feed):
    """The newest pages with tags; `kind` limits them to one kind."""

    feed_type = Atom1Feed
    language = "nl"

    def get_object(self, request: HttpRequest, kind: str = "") -> str:
        """The kind that was asked for. Raises Http404 for one that does not exist."""
        if kind and kind not in {getattr(model, "kind", "") for model in tagged_models()}:
            raise Http404
        return kind

    def title(self, kind: str) -> str:
        """Name of the site and of the kind."""
        names = [str(getattr(model, "kind_plural", "")) for model in tagged_models() if getattr(model, "kind", "") == kind]
        return plain(" – ".join([current().name, *(names[:1] or [_("What is new")])]))

    def link(self, kind: str) -> str:
        """Where the same pages stand for people."""
        return settings.WAGTAILADMIN_BASE_URL + "/zoeken/?" + (f"kind={kind}&" if kind else "") + "sort=new"

    def items(self, kind: str) -> list[Any]:
        """The newest pages; one query a page type."""
        found: list[Any] = []
        for model in tagged_models():
            if not kind or getattr(model, "kind", "") == kind:
                found += visible(model.objects.all()).order_by("-first_published_at", "-pk")[:SIZE]
        return sorted(found, key=lambda page: (page.first_published_at is not None, page.first_published_at), reverse=True)[:SIZE]

    def item_title(self, item: Any) -> str:
        return plain(item.title)

    def item_description(self, item: Any) -> str:
        return plain(item.summary)

    def item_guid(self, item: Any) -> str:
        return entry_id(item)

    def item_link(self, item: Any) -> str:
        return settings.WAGTAILADMIN_BASE_URL + current().address(item.url_path)

    def item_pubdate(self, item: Any) -> datetime | None:
        published: datetime | None = item.first_published_at
        return published

    def item_updateddate(self, item: Any) -> datetime | None:
        changed: datetime | None = item.last_published_at
        return changed

    def item_categories(self, item: Any) -> list[str]:
        return [str(item.kind_label)]
