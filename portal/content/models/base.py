"""What every page of the site has in common."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page

from portal.content.forms import PublishableForm
from portal.content.plaintext import rich_text
from portal.content.presentation import page_context
from portal.vocabulary.enums import Scheme
from portal.vocabulary.fields import ConceptField


class NotReadyToPublish(ValidationError):  # noqa: N818 - it says what is the matter
    """A live page would lack what the finder and the visitor need; the page itself is in `page_id`."""

    def __init__(self, page: "BasePage", problems: ValidationError | Mapping[str, Any]) -> None:
        super().__init__(problems)
        self.page_id = page.pk
        self.page_title = page.title


def is_filled(value: Any) -> bool:
    """Whether there is anything in the value of a field; rich text without a word is empty."""
    if isinstance(value, str):
        return bool(rich_text(value))
    return bool(value.exists()) if hasattr(value, "exists") else bool(value)


def _relations_panel() -> InlinePanel:
    return InlinePanel(
        "relations",
        label=_("relation"),
        heading=_("Related pages"),
        help_text=_("Where a visitor may go on to. Both pages show the relation, so make it on one of the two."),
    )


def page_tabs(content: list[Any], *, tags: list[Any] | None = None) -> TabbedInterface:
    """The tabs of the editor: content, tags, relations, promotion, settings."""
    tabs = [ObjectList(content, heading=_("Content"))]
    if tags:
        tabs.append(ObjectList(tags, heading=_("For whom and about what")))
    tabs += [
        ObjectList([_relations_panel()], heading=_("Related pages")),
        ObjectList(Page.promote_panels, heading=_("Promotion")),
        ObjectList(Page.settings_panels, heading=_("Settings"), classname="settings"),
    ]
    return TabbedInterface(tabs, base_form_class=PublishableForm)


def shortened(labels: list[str], *, most: int) -> list[str]:
    """At most so many labels for a card; of more the first two, and that there are more. Cut short without a word, the list would
    tell who is not named that the page is not for them."""
    return labels if len(labels) <= most else [labels[0], labels[1] + gettext(" and more")]


class BasePage(Page):
    """A page with a summary and a picture. `kind` is its code in the finder, `kind_label` what a card calls it,
    `kind_plural` the heading above several."""

    kind: ClassVar[str] = "pagina"
    kind_label: ClassVar[Any] = _("Page")
    kind_plural: ClassVar[Any] = _("Pages")
    # Whether the finder offers pages of this type; a system check wants those that are not to say so.
    findable: ClassVar[bool] = True
    # Whether the rendered page may be kept in memory while nothing changes.
    kept: ClassVar[bool] = True
    # Field → message when it is empty at publication; drafts, those of live pages too, may be incomplete.
    required_to_publish: ClassVar[Mapping[str, Any]] = {}

    summary = models.TextField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two plain sentences; shown on cards and in search results.")
    )
    image = models.ForeignKey(
        "media.PortalImage", verbose_name=_("image"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    password_required_template = "content/password_required.html"  # noqa: S105 - a template

    intro_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("image", help_text=_("Shown on cards and at the top of the page.")),
    ]

    class Meta:
        abstract = True

    @classmethod
    def variant(cls, query: Mapping[str, str]) -> str:
        """What of a query changes what the page shows, always written the same way; the rest of it cannot fill the page cache."""
        return ""

    def problems_to_publish(self, value: Callable[[str], Any]) -> dict[str, Any]:
        """Why this may not go live, as field → message; `value` gives the value of a field, as the page or its form has it."""
        return {name: message for name, message in self.required_to_publish.items() if not is_filled(value(name))}

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        """As Wagtail does, but what is saved as live has to be ready for visitors: else NotReadyToPublish."""
        # An alias repeats a page that was ready, and gets its tags only after it is saved.
        if clean and self.live and self.alias_of_id is None:
            self._check_ready()
            clean = False
        return super().save(clean=clean, **kwargs)

    def _check_ready(self) -> None:
        try:
            self.full_clean()
        except ValidationError as error:
            raise NotReadyToPublish(self, error) from error
        problems = self.problems_to_publish(partial(getattr, self))
        if problems:
            raise NotReadyToPublish(self, problems)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(page_context(self, request))
        return context

    def card_facts(self, tags: Mapping[str, Any]) -> list[str]:
        """Short facts for a card, most useful first; `tags` is field name → concepts."""
        return shortened([concept.label for concept in tags.get("sectors", ())], most=3)

    def searchable_text(self) -> list[str]:
        """Plain texts of the body for the search index, in reading order."""
        return []


class TaggedPage(BasePage):
    """A page that the finder offers: tagged with sectors, domains, themes, goals and topics."""

    sectors = ConceptField(Scheme.SECTOR, verbose_name=_("sectors"))
    wsa = ConceptField(Scheme.WSA, verbose_name=_("Whole School Approach domains"))
    sdg47 = ConceptField(Scheme.SDG47, verbose_name=_("SDG 4.7 themes"))
    sdgs = ConceptField(Scheme.SDG, verbose_name=_("Sustainable Development Goals"))
    topics = ConceptField(Scheme.TOPIC, verbose_name=_("topics"))
    checked_on = models.DateField(_("checked on"), null=True, blank=True, help_text=_("When somebody last checked the facts."))
    review_on = models.DateField(_("review date"), null=True, blank=True, help_text=_("When the page has to be checked again."))

    required_to_publish: ClassVar[Mapping[str, Any]] = {
        "summary": _("Write a summary of one or two sentences: visitors see it in the search results."),
        "wsa": _("Choose at least one Whole School Approach domain: visitors find the page there."),
    }

    tag_panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("sectors")], heading=_("For whom")),
        MultiFieldPanel(
            [FieldPanel("wsa"), FieldPanel("sdg47"), FieldPanel("sdgs"), FieldPanel("topics")], heading=_("About what")
        ),
        MultiFieldPanel([FieldPanel("checked_on"), FieldPanel("review_on")], heading=_("Kept up to date")),
    ]

    class Meta:
        abstract = True
