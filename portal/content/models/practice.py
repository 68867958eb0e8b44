"""Pages that help schools act: examples of other schools, practical help, organisations to turn to."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from portal.content.blocks.body import BodyBlock
from portal.content.blocks.text import FEATURES
from portal.content.models.base import TaggedPage, page_tabs, shortened
from portal.content.plaintext import rich_text, stream_text
from portal.content.snapshot import telephone_uri
from portal.vocabulary.enums import Scheme
from portal.vocabulary.fields import ConceptField

# Who works in all of these works everywhere.
PROVINCES = 12


class ExamplePage(TaggedPage):
    """What one school did: what, why, how, at what cost, with what result, and whom to ask."""

    kind = "voorbeeld"
    kind_label = _("Example")
    kind_plural = _("Examples")
    school_name = models.CharField(_("school"), max_length=160)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    what = RichTextField(_("what"), blank=True, features=FEATURES)
    why = RichTextField(_("why"), blank=True, features=FEATURES)
    how = RichTextField(_("how"), blank=True, features=FEATURES)
    costs = RichTextField(_("costs"), blank=True, features=FEATURES)
    result = RichTextField(_("result"), blank=True, features=FEATURES)
    contact = RichTextField(_("contact"), blank=True, features=FEATURES)

    edit_handler = page_tabs(
        [
            *TaggedPage.intro_panels,
            MultiFieldPanel([FieldPanel("school_name"), FieldPanel("municipality")], heading=_("School")),
            FieldPanel("what", help_text=_("What the school did, in a few sentences.")),
            FieldPanel("why", help_text=_("What made the school begin.")),
            FieldPanel("how", help_text=_("Step by step, so that another school can do the same: who, when, how long.")),
            FieldPanel("costs", help_text=_("Money and hours, and where they came from.")),
            FieldPanel("result", help_text=_("What changed, and how the school knows.")),
            FieldPanel("contact", help_text=_("Whom other schools may ask. Only with that person's consent.")),
        ],
        tags=TaggedPage.tag_panels,
    )
    parent_page_types = ["content.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("example of a school")
        verbose_name_plural = _("examples of schools")

    def searchable_text(self) -> list[str]:
        texts = (self.what, self.why, self.how, self.costs, self.result)
        return [self.school_name, self.municipality, *(rich_text(text) for text in texts)]

    def card_facts(self, tags: Mapping[str, Any]) -> list[str]:
        where = ", ".join(part for part in (self.school_name, self.municipality) if part)
        return [where, *super().card_facts(tags)]


class HelpKind(models.TextChoices):
    """What kind of help a practical-help page points to."""

    SUBSIDY = "subsidy", _("Subsidy")
    SCHEME = "scheme", _("Scheme")
    TOOL = "tool", _("Tool")
    SUPPORT = "support", _("Support")


class PracticalHelpPage(TaggedPage):
    """Money, tools or people a school can use: for whom, at what cost, until when, and whom to call."""

    kind = "hulp"
    kind_label = _("Practical help")
    kind_plural = _("Practical help for schools")
    help_kind = models.CharField(_("kind of help"), max_length=20, choices=HelpKind.choices, default=HelpKind.SUPPORT)
    for_whom = models.CharField(_("for whom"), max_length=255, blank=True)
    cost = models.CharField(_("cost"), max_length=255, blank=True)
    amount = models.CharField(_("amount"), max_length=255, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    deadline_note = models.CharField(_("about the deadline"), max_length=255, blank=True)
    contact = RichTextField(_("whom to call"), blank=True, features=FEATURES)
    website = models.URLField(_("address elsewhere"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    edit_handler = page_tabs(
        [
            *TaggedPage.intro_panels,
            MultiFieldPanel(
                [
                    FieldPanel("help_kind"),
                    FieldPanel("for_whom", help_text=_("Such as: school boards in primary education.")),
                    FieldPanel("cost", help_text=_("What the school pays. Such as: free.")),
                    FieldPanel("amount", help_text=_("What the school can get. Such as: up to half of the costs.")),
                    FieldPanel("deadline", help_text=_("The last day to apply.")),
                    FieldPanel("deadline_note", help_text=_("Such as: as long as there is money.")),
                    FieldPanel("website", help_text=_("Where the school applies or reads more.")),
                ],
                heading=_("At a glance"),
            ),
            FieldPanel("body", help_text=_("How it works and how to begin.")),
            FieldPanel("contact", help_text=_("A name, telephone number or e-mail address.")),
        ],
        tags=TaggedPage.tag_panels,
    )
    parent_page_types = ["content.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("practical help")
        verbose_name_plural = _("practical help pages")

    def searchable_text(self) -> list[str]:
        return [self.for_whom, self.amount, *stream_text(self.body)]

    def card_facts(self, tags: Mapping[str, Any]) -> list[str]:
        return [str(self.get_help_kind_display()), *([self.cost] if self.cost else []), *super().card_facts(tags)]


class OrganisationPage(TaggedPage):
    """Whom a school can turn to: what they offer, where, at what cost, and how to reach them."""

    kind = "organisatie"
    kind_label = _("Organisation")
    kind_plural = _("Organisations")
    offers = RichTextField(_("what they offer"), blank=True, features=FEATURES)
    provinces = ConceptField(Scheme.PROVINCE, verbose_name=_("provinces"))
    cost = models.CharField(_("cost"), max_length=255, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)

    edit_handler = page_tabs(
        [
            *TaggedPage.intro_panels,
            FieldPanel("offers", help_text=_("What a school can ask them for.")),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("cost", "contact_name", "email", "telephone", "website")], heading=_("Contact")
            ),
        ],
        tags=[FieldPanel("provinces"), *TaggedPage.tag_panels],
    )
    parent_page_types = ["content.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    @property
    def telephone_uri(self) -> str:
        """The number for a `tel:` link."""
        return telephone_uri(self.telephone)

    def searchable_text(self) -> list[str]:
        return [rich_text(self.offers)]

    def card_facts(self, tags: Mapping[str, Any]) -> list[str]:
        return [*_regions([concept.label for concept in tags.get("provinces", ())]), *super().card_facts(tags)]


def _regions(provinces: list[str]) -> list[str]:
    """Where an organisation works, short enough for a card."""
    return [gettext("The whole of the Netherlands")] if len(provinces) == PROVINCES else shortened(provinces, most=2)
