"""The page above the lessons: the editors' text above the finder."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from portal.content.blocks.body import BodyBlock
from portal.content.models.base import BasePage, page_tabs
from search.views import finder_context


class LessonIndexPage(BasePage):
    """All lessons: an introduction above the finder, with its kind preset to lessons."""

    # What it shows depends on the question asked, so it is not kept.
    kept = False
    findable = False
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    edit_handler = page_tabs([*BasePage.intro_panels, FieldPanel("body")])
    parent_page_types = ["content.HomePage"]
    subpage_types = ["lessons.LessonPage"]

    class Meta:
        verbose_name = _("lesson index")
        verbose_name_plural = _("lesson indexes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **finder_context(request, preset={"kind": ("les",)})}
