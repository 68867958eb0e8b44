"""Pages that give the site its shape: home, sections, the six domains, plain pages."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from portal.content.blocks.body import BodyBlock
from portal.content.blocks.doors import DoorBlock
from portal.content.blocks.steps import StepBlock
from portal.content.blocks.text import FEATURES
from portal.content.listings import child_cards, domain_groups, latest, other_domains, page_number
from portal.content.models.base import BasePage, TaggedPage, page_tabs
from portal.content.models.knowledge import NewsPage
from portal.content.plaintext import rich_text, stream_text
from portal.vocabulary.enums import Scheme
from portal.vocabulary.fields import ConceptKey


class HomePage(BasePage):
    """The front page: one search field, three doors, the flower, what is new."""

    findable = False
    lead = models.CharField(_("lead"), max_length=255, blank=True)
    examples = StreamField(
        [("query", blocks.CharBlock(max_length=60, label=_("Example search")))], blank=True, verbose_name=_("example searches")
    )
    doors = StreamField([("door", DoorBlock())], blank=True, max_num=4, verbose_name=_("doors"))

    edit_handler = page_tabs(
        [
            *BasePage.intro_panels,
            FieldPanel("lead", help_text=_("One sentence below the title.")),
            FieldPanel("examples", help_text=_("Searches to try, shown below the search field.")),
            FieldPanel("doors", help_text=_("At most four ways in, for visitors who do not search.")),
        ]
    )
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "domains": other_domains(), "news": latest(NewsPage, 3)}


class SectionPage(BasePage):
    """A list of what stands below it, with an introduction by the editors."""

    findable = False
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    edit_handler = page_tabs(
        [
            *BasePage.intro_panels,
            FieldPanel("body", help_text=_("An introduction. What stands below the section is listed by itself.")),
        ]
    )
    parent_page_types = ["content.HomePage", "content.SectionPage"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    @classmethod
    def variant(cls, query: Mapping[str, str]) -> str:
        return str(page_number(query.get("page", "")))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        cards, pager = child_cards(self, page_number(request.GET.get("page", "")))
        return {**super().get_context(request, *args, **kwargs), "cards": cards, "pager": pager}

    def searchable_text(self) -> list[str]:
        return stream_text(self.body)


class DomainPage(TaggedPage):
    """One domain of the Whole School Approach: what it is, where to begin, and all that belongs to it."""

    kind = "domein"
    kind_label = _("Domain")
    kind_plural = _("Domains")
    domain = ConceptKey(Scheme.WSA, verbose_name=_("domain"), null=True, blank=True)
    question = models.CharField(_("question"), max_length=160, blank=True)
    introduction = RichTextField(_("introduction"), blank=True, features=FEATURES)
    begin = StreamField([("step", StepBlock())], blank=True, verbose_name=_("where to begin"))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    required_to_publish = {**TaggedPage.required_to_publish, "domain": _("Choose which domain this page is about.")}
    edit_handler = page_tabs(
        [
            *TaggedPage.intro_panels,
            MultiFieldPanel(
                [FieldPanel("domain"), FieldPanel("question", help_text=_("What a school asks itself about this domain."))],
                heading=_("Domain"),
            ),
            FieldPanel("introduction"),
            FieldPanel("begin", help_text=_("First steps that any school can take.")),
            FieldPanel("body"),
        ],
        tags=TaggedPage.tag_panels,
    )
    parent_page_types = ["content.SectionPage", "content.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("domain page")
        verbose_name_plural = _("domain pages")

    def problems_to_publish(self, value: Callable[[str], Any]) -> dict[str, Any]:
        problems = super().problems_to_publish(value)
        domain = value("domain")
        if domain and DomainPage.objects.filter(domain=domain, live=True, alias_of=None).exclude(pk=self.pk).exists():
            problems["domain"] = _("Another live page is about this domain already.")
        return problems

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "groups": domain_groups(self), "domains": other_domains()}

    def searchable_text(self) -> list[str]:
        return [self.question, rich_text(self.introduction), *stream_text(self.begin), *stream_text(self.body)]


class StandardPage(BasePage):
    """A plain page: about us, contact, accessibility, privacy."""

    findable = False
    in_footer = models.BooleanField(_("link in the foot of every page"), default=False)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    edit_handler = page_tabs([*BasePage.intro_panels, FieldPanel("in_footer"), FieldPanel("body")])
    parent_page_types = ["content.HomePage", "content.SectionPage", "content.StandardPage"]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def searchable_text(self) -> list[str]:
        return stream_text(self.body)
