"""The page types of the ground floor, one module a family."""

from portal.content.models.base import BasePage, NotReadyToPublish, TaggedPage
from portal.content.models.files import LoadedFile
from portal.content.models.knowledge import AnswerPage, KnowledgePage, NewsPage
from portal.content.models.moves import MovedSection
from portal.content.models.practice import ExamplePage, HelpKind, OrganisationPage, PracticalHelpPage
from portal.content.models.relations import PageRelation, RelationKind
from portal.content.models.reviews import ReviewNotice
from portal.content.models.settings import SiteSettings
from portal.content.models.structure import DomainPage, HomePage, SectionPage, StandardPage

__all__ = [
    "AnswerPage",
    "BasePage",
    "DomainPage",
    "ExamplePage",
    "HelpKind",
    "HomePage",
    "KnowledgePage",
    "LoadedFile",
    "MovedSection",
    "NewsPage",
    "NotReadyToPublish",
    "OrganisationPage",
    "PageRelation",
    "PracticalHelpPage",
    "RelationKind",
    "ReviewNotice",
    "SectionPage",
    "SiteSettings",
    "StandardPage",
    "TaggedPage",
]
