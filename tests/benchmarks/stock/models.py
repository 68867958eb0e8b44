"""What one gets by following Wagtail's tutorial: a plain page with the same text, its listing and its search."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.models import Page
from wagtail.search import index

FACETS = ("sector", "grade", "subject", "wsa", "sdg47", "minutes")


class StockPage(Page):
    """A page with text, and one value for each of six filters."""

    findable = False
    intro = models.TextField(blank=True)
    body = models.TextField(blank=True)
    sector = models.CharField(max_length=40, blank=True)
    grade = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    wsa = models.CharField(max_length=40, blank=True)
    sdg47 = models.CharField(max_length=40, blank=True)
    minutes = models.CharField(max_length=40, blank=True)

    template = "stock/page.html"
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
        *(index.FilterField(name) for name in FACETS),
    ]


class StockIndexPage(Page):
    """Lists its children as Wagtail's tutorial does."""

    findable = False
    template = "stock/index.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        newest = self.get_children().live().public().specific().order_by("-first_published_at")
        return {**super().get_context(request, *args, **kwargs), "pages": newest[:24]}
