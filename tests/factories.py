"""Pages, people and pictures with sensible values: `LessonFactory(parent=index, title="…", sectors=["po"])`.

Tags are given as codes of the vocabulary. Pages are published as an editor would, unless `live=False` leaves a draft.
"""

from datetime import date
from io import BytesIO
from typing import Any

import factory
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection, Locale, Page, Site

from lessons.models import LessonIndexPage, LessonPage
from portal.accounts.models import User
from portal.content.models import (
    AnswerPage,
    DomainPage,
    ExamplePage,
    HomePage,
    KnowledgePage,
    NewsPage,
    OrganisationPage,
    PracticalHelpPage,
    SectionPage,
    StandardPage,
)
from portal.media.models import PortalImage
from portal.media.storing import store_image
from portal.vocabulary.fields import ConceptField, ConceptKey
from portal.vocabulary.models import Concept

PASSWORD = "een-lang-wachtwoord"


class UserFactory(factory.django.DjangoModelFactory):
    """A person who may sign in with `PASSWORD` and may do nothing more; `is_superuser=True` makes one who may do everything."""

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"persoon{number}@example.org")
    first_name = "Sam"
    last_name = factory.Sequence(lambda number: f"Voorbeeld {number}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **values: Any) -> User:
        return model_class.objects.create_user(password=PASSWORD, **values)


class PageFactory(factory.Factory):
    """A page below `parent`."""

    class Meta:
        abstract = True

    live = True

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, parent: Page, live: bool, **values: Any) -> Any:
        page = model_class(live=False, **{name: _resolved(model_class, name, value) for name, value in values.items()})
        parent.refresh_from_db()
        parent.add_child(instance=page)
        page.live = live
        page.full_clean()
        revision = page.save_revision()
        if live:
            revision.publish()
            page.refresh_from_db()
        return page


def _resolved(model: type[Any], name: str, value: Any) -> Any:
    """Codes as the concepts they stand for."""
    field = model._meta.get_field(name)
    if isinstance(field, ConceptField):
        return [Concept.objects.get(scheme=field.scheme, code=code) for code in value]
    if isinstance(field, ConceptKey) and isinstance(value, str):
        return Concept.objects.get(scheme=field.scheme, code=value)
    return value


class SectionFactory(PageFactory):
    class Meta:
        model = SectionPage

    title = factory.Sequence(lambda number: f"Afdeling {number}")


class StandardFactory(PageFactory):
    class Meta:
        model = StandardPage

    title = factory.Sequence(lambda number: f"Gewone pagina {number}")


class TaggedFactory(PageFactory):
    """A page with the tags that it needs to go live."""

    class Meta:
        abstract = True

    summary = "Waar het over gaat, in een zin."
    wsa = ("curriculum",)


class DomainFactory(TaggedFactory):
    class Meta:
        model = DomainPage

    title = factory.Sequence(lambda number: f"Domein {number}")
    domain = "curriculum"


class KnowledgeFactory(TaggedFactory):
    class Meta:
        model = KnowledgePage

    title = factory.Sequence(lambda number: f"Artikel {number}")
    body = (("text", "<p>Alles over zwerfafval.</p>"),)


class AnswerFactory(TaggedFactory):
    class Meta:
        model = AnswerPage

    title = factory.Sequence(lambda number: f"Hoe doen we {number}?")
    answer = "<p>Begin klein en vraag hulp.</p>"


class ExampleFactory(TaggedFactory):
    class Meta:
        model = ExamplePage

    title = factory.Sequence(lambda number: f"Voorbeeld {number}")
    school_name = "De Regenboog"
    what = "<p>Een tuin in plaats van tegels.</p>"


class PracticalHelpFactory(TaggedFactory):
    class Meta:
        model = PracticalHelpPage

    title = factory.Sequence(lambda number: f"Hulp {number}")
    for_whom = "Alle scholen"


class OrganisationFactory(TaggedFactory):
    class Meta:
        model = OrganisationPage

    title = factory.Sequence(lambda number: f"Organisatie {number}")
    offers = "<p>Gastlessen over water.</p>"


class NewsFactory(TaggedFactory):
    class Meta:
        model = NewsPage

    title = factory.Sequence(lambda number: f"Bericht {number}")
    date = date(2026, 11, 16)


class LessonIndexFactory(PageFactory):
    class Meta:
        model = LessonIndexPage

    title = "Lessen"
    slug = "lessen"


class LessonFactory(TaggedFactory):
    class Meta:
        model = LessonPage

    title = factory.Sequence(lambda number: f"Les {number}")
    goal = "De leerlingen kunnen uitleggen waar afval blijft."
    minutes = 50
    sectors = ("po",)
    grades = ("po-groep-6",)
    sdg47 = ("duurzame-levenswijzen",)
    steps = (("step", {"phase": "start", "minutes": 10, "title": "Kijken", "body": [("text", "<p>Kijk in de prullenbak.</p>")]}),)


PAGE_FACTORIES = {
    factory._meta.model: factory
    for factory in (
        AnswerFactory,
        DomainFactory,
        ExampleFactory,
        KnowledgeFactory,
        LessonFactory,
        LessonIndexFactory,
        NewsFactory,
        OrganisationFactory,
        PracticalHelpFactory,
        SectionFactory,
        StandardFactory,
    )
}


def make_page(model: type[Page], home: HomePage) -> Any:
    """A live page of any type, below the home page or below a page made for it."""
    if model is HomePage:
        return home
    above = model.allowed_parent_page_models()
    return PAGE_FACTORIES[model](parent=home if HomePage in above else make_page(above[0], home))


def make_site() -> HomePage:
    """The home page of the default site, in the place of Wagtail's welcome page."""
    Locale.objects.get_or_create(language_code="nl")
    Collection.get_first_root_node() or Collection.add_root(name="Root")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    root.get_children().delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="Duurzaam op school", slug="home", summary="Lessen en hulp voor scholen."))
    home.save_revision().publish()
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name=home.title)
    return home


def picture_bytes(width: int = 320, height: int = 200, *, kind: str = "PNG", colour: str = "seagreen") -> bytes:
    """A picture in one colour, as a file's bytes."""
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, kind)
    return file.getvalue()


def make_image(title: str = "Een tuin", **values: Any) -> PortalImage:
    """A stored image with alternative text."""
    return store_image(ContentFile(picture_bytes(), name="tuin.png"), title=title, alt="Een groen vlak", **values)
