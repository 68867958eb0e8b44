"""Blocks: each shows an example of itself, and none breaks a page when what it names is gone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from lessons.models import LessonIndexPage
from portal.content.blocks.doors import DoorBlock
from portal.content.blocks.links import LinkBlock
from portal.content.models import BasePage, HomePage, KnowledgePage, SectionPage
from portal.content.plaintext import rich_text, stream_text
from portal.media.models import PortalDocument
from portal.media.storing import store_document
from tests import factories


def blocks_of(block: blocks.Block, name: str) -> Iterator[tuple[str, blocks.Block]]:
    """A stream's blocks and theirs: all that an editor chooses, and what lists are made of."""
    if isinstance(block, blocks.StreamBlock):
        for child_name, child in block.child_blocks.items():
            yield f"{name}.{child_name}", child
            yield from blocks_of(child, f"{name}.{child_name}")
    elif isinstance(block, blocks.ListBlock):
        yield f"{name}.item", block.child_block
    elif isinstance(block, blocks.StructBlock):
        for child_name, child in block.child_blocks.items():
            yield from blocks_of(child, f"{name}.{child_name}")


ALL = dict(
    found
    for model in get_page_models()
    if issubclass(model, BasePage)
    for field in model._meta.get_fields()
    if isinstance(field, StreamField)
    for found in blocks_of(field.stream_block, f"{model.__name__}.{field.name}")
)
# The same kind of block may stand in many streams.
ALL = {type(block).__name__: block for block in ALL.values()}
# The example searches are bare words that the home page writes itself.
SHOWN = {name: block for name, block in ALL.items() if name != "CharBlock"}


@pytest.fixture
def something_to_show(db: None) -> None:
    """Blocks with a picture or a document take the newest as their example."""
    factories.make_image()
    make_document()


def make_document(title: str = "Werkblad") -> PortalDocument:
    return store_document(ContentFile(b"Weeg het afval.\n", name="werkblad.txt"), title=title)


@pytest.mark.parametrize("name", SHOWN)
def test_a_block_says_what_it_is_and_shows_an_example(name: str, site: HomePage, something_to_show: None) -> None:
    block = SHOWN[name]
    assert block.meta.description
    assert block.is_previewable
    shown = block.render(block.get_preview_value())
    assert shown.strip()
    assert "None" not in shown


@pytest.mark.parametrize("name", SHOWN)
def test_an_editor_sees_the_example(name: str, site: HomePage, something_to_show: None, admin_client: Client) -> None:
    answer = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": SHOWN[name].definition_prefix})
    assert answer.status_code == 200
    assert "css/site.css" in answer.content.decode()


def test_an_example_without_pictures_or_documents_is_calm(site: HomePage) -> None:
    for block in SHOWN.values():
        assert "None" not in block.render(block.get_preview_value())


@pytest.fixture
def things(section: SectionPage) -> dict[str, Any]:
    return {
        "page": factories.AnswerFactory(parent=section, title="Het andere antwoord"),
        "image": factories.make_image("Een plaat"),
        "document": make_document("Een stuk"),
    }


def test_a_page_outlives_what_it_names(
    section: SectionPage, lesson_index: LessonIndexPage, things: dict[str, Any], client: Client
) -> None:
    text = f'<p><a linktype="page" id="{things["page"].pk}">p</a> <a linktype="document" id="{things["document"].pk}">d</a></p>'
    links = [{"title": "Verwijzing", "page": things["page"], "url": "", "note": ""}]
    article = factories.KnowledgeFactory(
        parent=section,
        image=things["image"],
        body=[("text", text), ("image", {"image": things["image"], "caption": "Bijschrift"}), ("links", links)],
    )
    parts = [("text", text), ("image", {"image": things["image"], "caption": "Bijschrift"})]
    lesson = factories.LessonFactory(
        parent=lesson_index,
        image=things["image"],
        steps=[("step", {"phase": "start", "title": "Kijken", "minutes": None, "body": parts})],
        materials=[("document", {"title": "Blad", "document": things["document"], "audience": "pupil"})],
    )
    for page in (article, lesson):
        before = client.get(page.url).content.decode()
        assert "Bijschrift" in before
    for thing in things.values():
        thing.delete()
    for page in (article, lesson):
        answer = client.get(page.url)
        assert answer.status_code == 200
        after = answer.content.decode()
        for gone in ("Bijschrift", ">Blad<", "Verwijzing"):
            assert gone not in after
        assert "None" not in after
        page.refresh_from_db()
        assert page.searchable_text()
        page.save_revision().publish()


@pytest.mark.parametrize("live", [True, False])
def test_a_link_shows_only_while_its_page_is_live(live: bool, section: SectionPage, client: Client) -> None:
    target = factories.AnswerFactory(parent=section)
    links = [{"title": "Verwijzing", "page": target, "url": "", "note": ""}]
    article = factories.KnowledgeFactory(parent=section, body=[("links", links)])
    if not live:
        target.unpublish()
    page = client.get(article.url).content.decode()
    assert (f'<a href="/kennis/{target.slug}/">Verwijzing</a>' in page) is live


@pytest.mark.parametrize("block", [LinkBlock(), DoorBlock()], ids=["link", "door"])
@pytest.mark.parametrize("both", [True, False])
def test_a_link_leads_to_one_place(block: blocks.StructBlock, both: bool, article: KnowledgePage) -> None:
    words = {"kicker": "k", "title": "t", "text": "t", "note": "", "domain": ""}
    address = "/zoeken/" if isinstance(block, DoorBlock) else "https://example.org/"
    values = {name: words[name] for name in block.child_blocks if name in words}
    wrong = {**values, "page": article if both else None, "url": address if both else ""}
    with pytest.raises(blocks.StructBlockValidationError) as refused:
        block.clean(block.normalize(wrong))
    assert set(refused.value.block_errors) == {"url"}
    assert block.clean(block.normalize({**values, "page": article, "url": ""}))["page"].pk == article.pk
    assert block.clean(block.normalize({**values, "page": None, "url": address}))["url"] == address


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//evil.example", "/\\evil.example", "https://evil.example", "zoeken/", "/\t/evil.example", "/a b"],
)
def test_a_door_stays_on_this_site(address: str, db: None) -> None:
    with pytest.raises(ValidationError):
        DoorBlock().child_blocks["url"].clean(address)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "zoeken"])
def test_an_address_elsewhere_is_one_of_the_web(address: str) -> None:
    structs = (block for block in ALL.values() if isinstance(block, blocks.StructBlock))
    fields = [block.child_blocks["url"] for block in structs if "url" in block.child_blocks]
    assert len(fields) == 4
    for field in fields:
        with pytest.raises(ValidationError):
            field.clean(address)


def test_text_of_a_page_is_that_of_its_blocks_and_asks_the_database_nothing(
    section: SectionPage, things: dict[str, Any], django_assert_num_queries: Any
) -> None:
    """Against Wagtail's own reading, which fetches every picture."""
    article = factories.KnowledgeFactory(
        parent=section,
        body=[
            ("text", "<h2>Kop</h2><p>Tekst <b>vet</b></p>"),
            ("callout", {"kind": "tip", "text": "<p>Een tip</p>"}),
            ("quote", {"text": "Mooi", "source": "Leraar"}),
            ("image", {"image": things["image"], "caption": "Bijschrift"}),
            ("video", {"url": "https://example.org/film", "title": "Een film", "minutes": 3}),
            ("steps", [{"title": "Eerst", "text": "<p>dit</p>"}, {"title": "Dan", "text": "<p>dat</p>"}]),
            ("links", [{"title": "Lees", "page": things["page"], "url": "", "note": "een noot"}]),
        ],
    )
    stock = [text for child in article.body for text in child.block.get_searchable_content(child.value) if text]
    article = KnowledgePage.objects.get(pk=article.pk)
    with django_assert_num_queries(0):
        found = stream_text(article.body)
    assert [text.split() for text in found] == [str(text).split() for text in stock]
    assert stream_text(None) == []


def test_text_of_a_stream_in_memory_and_of_a_block_that_is_gone() -> None:
    field = KnowledgePage._meta.get_field("body")
    memory = field.to_python([("quote", {"text": "Net getypt", "source": ""})])
    assert stream_text(memory) == ["Net getypt"]
    stored = field.to_python('[{"type": "removed", "value": "x"}, {"type": "quote", "value": {"text": "Nog hier"}}]')
    assert stream_text(stored) == ["Nog hier"]
    bare = field.to_python('[{"type": "steps", "value": [{"title": "Oud", "text": "<p>zo</p>"}]}]')
    assert stream_text(bare) == ["Oud", "zo"]


@pytest.mark.parametrize(
    ("source", "words"), [("", ""), ("<p>Een</p><p>twee &amp; drie</p>", "Een twee & drie"), ("<p data-block-key='x'></p>", "")]
)
def test_words_of_rich_text(source: str, words: str) -> None:
    assert rich_text(source) == words
