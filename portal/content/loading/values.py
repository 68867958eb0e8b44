"""How the values of a content file become values of model fields and blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock

from portal.content.loading.markdown import UnknownAddress, rich_text
from portal.content.loading.media import MediaFolders
from portal.content.loading.reading import ContentFileError
from portal.media.models import PortalImage
from portal.vocabulary.fields import ConceptField, ConceptKey
from portal.vocabulary.models import Concept

Kind = TypeVar("Kind")
KIND_NAMES: Mapping[type, str] = {str: "a text", list: "a list", dict: "a table"}


@dataclass(frozen=True, slots=True)
class Converter:
    """Turns values of content files into values of fields. `pages` is address → key, `concepts` (scheme, code) → concept."""

    pages: Mapping[str, int]
    concepts: Mapping[tuple[str, str], Concept]
    media: MediaFolders

    def field(self, field: Any, value: Any) -> Any:
        """The value of a model field. Raises ContentFileError for anything that does not exist."""
        if isinstance(field, ConceptField):
            return [self.concept(field.scheme, code) for code in expect(list, value)]
        if isinstance(field, ConceptKey):
            return self.concept(field.scheme, value)
        if isinstance(field, StreamField):
            raw = self.block(field.stream_block, value)
            try:
                return field.stream_block.clean(field.stream_block.to_python(raw))
            except ValidationError as error:
                raise ContentFileError("; ".join(plain_problems(error, field.name))) from error
        if isinstance(field, RichTextField):
            return self.markdown(value)
        if isinstance(field, models.ForeignKey):
            return self.media.image(value) if field.related_model is PortalImage else self._page_model(field, value)
        return "\n".join(value) if isinstance(value, list) else value

    def block(self, block: Any, value: Any) -> Any:
        """The raw data of a block, as Wagtail stores it."""
        if isinstance(block, blocks.StreamBlock):
            return [self._child(block, item) for item in expect(list, value)]
        if isinstance(block, blocks.ListBlock):
            return [self.block(block.child_block, item) for item in expect(list, value)]
        if isinstance(block, blocks.StructBlock):
            unknown = set(expect(dict, value)) - set(block.child_blocks)
            if unknown:
                raise ContentFileError(f"unknown key {', '.join(sorted(unknown))}")
            return {name: self.block(block.child_blocks[name], item) for name, item in value.items()}
        if isinstance(block, blocks.RichTextBlock):
            return self.markdown(value)
        if isinstance(block, ImageChooserBlock):
            return self.media.image(value).pk
        if isinstance(block, DocumentChooserBlock):
            return self.media.document(value, value).pk
        if isinstance(block, blocks.PageChooserBlock):
            return self.page(value)
        return value

    def concept(self, scheme: str, code: str) -> Concept:
        """The concept with this code. Raises ContentFileError when the scheme has no such code."""
        try:
            return self.concepts[str(scheme), code]
        except KeyError:
            raise ContentFileError(f"scheme {scheme} has no code {code!r}") from None

    def page(self, address: str) -> int:
        """The key of the page at this address. Raises ContentFileError when there is none."""
        try:
            return self.pages[address]
        except KeyError:
            raise ContentFileError(f"there is no page {address!r}") from None

    def markdown(self, source: str) -> str:
        """Rich text of a piece of Markdown."""
        try:
            return rich_text(expect(str, source), self.pages)
        except UnknownAddress as error:
            raise ContentFileError(f"there is no page {error.args[0]!r}") from None

    def _child(self, block: blocks.StreamBlock, item: Any) -> dict[str, Any]:
        # A stream with a single kind of block needs no name for it: [[steps]] is a step.
        if len(block.child_blocks) == 1:
            name = next(iter(block.child_blocks))
            inner = item[name] if isinstance(item, dict) and set(item) == {name} else item
            return {"type": name, "value": self.block(block.child_blocks[name], inner)}
        if not isinstance(item, dict) or len(item) != 1:
            raise ContentFileError("a block must be a table with one key, its name")
        ((name, value),) = item.items()
        if name not in block.child_blocks:
            raise ContentFileError(f"unknown block {name!r}")
        return {"type": name, "value": self.block(block.child_blocks[name], value)}

    def _page_model(self, field: Any, value: Any) -> Any:
        page = field.related_model.objects.filter(pk=self.page(value)).first()
        if page is None:
            raise ContentFileError(f"the page {value!r} is of another type")
        return page


def expect(kind: type[Kind], value: Any) -> Kind:
    """The value, if it is of this kind. Raises ContentFileError when it is not."""
    if not isinstance(value, kind):
        raise ContentFileError(f"{KIND_NAMES[kind]} was expected, not {value!r:.60}")
    return value


def plain_problems(error: ValidationError, place: str = "") -> list[str]:
    """The messages of an error, each with the field or the place in a stream where it belongs (`steps.0.title: …`)."""
    inner: dict[Any, Any] = {}
    if isinstance(error, blocks.StructBlockValidationError | blocks.StreamBlockValidationError):
        inner = dict(error.block_errors)
    elif isinstance(error, ListBlockValidationError):
        inner = dict(enumerate(error.block_errors))
    elif hasattr(error, "error_dict"):
        inner = {name: ValidationError(problems) for name, problems in error.error_dict.items()}
    if not inner:
        return [f"{place}: {message}" if place else message for message in error.messages]
    return [line for key, below in inner.items() if below for line in plain_problems(below, f"{place}.{key}".strip("."))]
