"""Pages to read: articles, questions with their answer, news."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from portal.content.blocks.body import BodyBlock
from portal.content.blocks.text import FEATURES
from portal.content.models.base import TaggedPage, page_tabs
from portal.content.plaintext import rich_text, stream_text


class KnowledgePage(TaggedPage):
    """An article: what is known and how to use it at school."""

    kind = "kennis"
    kind_label = _("Knowledge")
    kind_plural = _("Knowledge articles")
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    edit_handler = page_tabs([*TaggedPage.intro_panels, FieldPanel("body")], tags=TaggedPage.tag_panels)
    parent_page_types = ["content.SectionPage", "content.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("knowledge page")
        verbose_name_plural = _("knowledge pages")

    def searchable_text(self) -> list[str]:
        return stream_text(self.body)


class AnswerPage(TaggedPage):
    """A question that schools ask, with the answer first and the details after it. The title is the question."""

    kind = "vraag"
    kind_label = _("Question and answer")
    kind_plural = _("Questions and answers")
    answer = RichTextField(_("answer"), blank=True, features=FEATURES, help_text=_("The answer first, in two to five sentences."))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("details"))

    required_to_publish = {**TaggedPage.required_to_publish, "answer": _("Give the answer first, in a few sentences.")}
    edit_handler = page_tabs(
        [
            *TaggedPage.intro_panels,
            FieldPanel("answer"),
            FieldPanel("body", help_text=_("For who wants to know more: steps, examples, sources.")),
        ],
        tags=TaggedPage.tag_panels,
    )
    parent_page_types = ["content.SectionPage", "content.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")

    def searchable_text(self) -> list[str]:
        return [rich_text(self.answer), *stream_text(self.body)]


class NewsPage(TaggedPage):
    """A short message with a date."""

    kind = "nieuws"
    kind_label = _("News")
    kind_plural = _("News items")
    date = models.DateField(_("date"), default=timezone.localdate)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    edit_handler = page_tabs(
        [
            *TaggedPage.intro_panels,
            FieldPanel("date", help_text=_("Shown above the text; the newest comes first.")),
            FieldPanel("body"),
        ],
        tags=TaggedPage.tag_panels,
    )
    parent_page_types = ["content.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def searchable_text(self) -> list[str]:
        return stream_text(self.body)
