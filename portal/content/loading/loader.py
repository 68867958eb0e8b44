"""Loads content files into pages: makes what is missing, fills what changed, leaves the rest alone."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page, Site

from portal.content.loading.media import MediaFolders
from portal.content.loading.reading import ContentFile, ContentFileError, read_folders
from portal.content.loading.values import Converter, expect, plain_problems
from portal.content.models import HomePage, LoadedFile
from portal.vocabulary.models import Concept

# Keys that say where a page stands, not what it holds.
NOT_FIELDS = frozenset({"order"})


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did: pages made, pages filled anew, files left alone."""

    created: int
    updated: int
    unchanged: int


def load_folders(folders: Iterable[Path], *, progress: Callable[[str], None] = lambda line: None) -> Report:
    """Load all content files below these folders, all or nothing. `progress` gets a line now and then.

    Raises ContentFileError with every problem found, one a line.
    """
    folders = list(folders)
    files = read_folders(folders)
    known = dict(LoadedFile.objects.values_list("address", "digest"))
    changed = [file for file in files if known.get(file.address) != file.digest]
    if not changed:
        return Report(0, 0, len(files))
    with transaction.atomic():
        created = _make_missing(changed)
        _fill_all(changed, MediaFolders(folders), progress)
    return Report(created, len(changed) - created, len(files) - len(changed))


def _addresses() -> dict[str, int]:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return {}
    root = site.root_page.url_path
    rows = Page.objects.filter(url_path__startswith=root).values_list("url_path", "pk")
    return {"/" + path.removeprefix(root): pk for path, pk in rows}


def _make_missing(files: list[ContentFile]) -> int:
    """Every page as a draft with its plain values, so that pages can point to each other whatever their order."""
    created = 0
    pages = _addresses() if HomePage.objects.exists() else {}
    for file in files:
        if file.address in pages:
            continue
        with _naming(file):
            page = _model(file)(title=file.values["title"], slug=file.slug or "home", live=False, **_plain_values(file))
            if file.address == "/":
                pages = {"/": _replace_home(page)}
            elif file.parent in pages:
                parent = Page.objects.get(pk=pages[file.parent])
                pages[file.address] = parent.add_child(instance=page).pk
            else:
                raise ContentFileError(f"there is no page {file.parent!r} to stand below")
        created += 1
    return created


@contextmanager
def _naming(file: ContentFile) -> Iterator[None]:
    """Whatever is wrong carries the name of the file."""
    try:
        yield
    except ContentFileError as error:
        raise ContentFileError(f"{file.path.name}: {error}") from error
    except ValidationError as error:
        raise ContentFileError(f"{file.path.name}: {'; '.join(plain_problems(error))}") from error


def _replace_home(page: HomePage) -> int:
    """Put the home page in the place of the welcome page of a fresh Wagtail."""
    root = Page.get_first_root_node()
    welcome = Page.objects.filter(depth=2, slug="home").exclude(pk__in=HomePage.objects.values("pk")).first()
    if welcome:
        welcome.slug = "welkom-oud"
        welcome.save()
    root.refresh_from_db()
    page = root.add_child(instance=page)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": page, "hostname": "localhost", "site_name": page.title}
    )
    if welcome:
        welcome.delete()
    return int(page.pk)


def _model(file: ContentFile) -> type[Any]:
    try:
        model = apps.get_model(file.type)
    except (LookupError, ValueError) as error:
        raise ContentFileError(f"there is no page type {file.type!r}") from error
    if not issubclass(model, Page):
        raise ContentFileError(f"{file.type} is no page type")
    return model


def _plain_values(file: ContentFile) -> dict[str, Any]:
    """Values that need nothing else to exist: those of plain columns."""
    plain = {}
    for name, value in file.values.items():
        try:
            field = _model(file)._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if type(field) in {models.CharField, models.DateField, models.BooleanField, models.IntegerField, models.URLField}:
            plain[name] = value
    plain.pop("title", None)
    return plain


def _fill_all(files: list[ContentFile], media: MediaFolders, progress: Callable[[str], None]) -> None:
    pages = _addresses()
    concepts = {(concept.scheme, concept.code): concept for concept in Concept.objects.all()}
    converter = Converter(pages, concepts, media)
    problems = []
    for number, file in enumerate(files, 1):
        try:
            with _naming(file), transaction.atomic():
                page = _model(file).objects.filter(pk=pages[file.address]).first()
                if page is None:
                    raise ContentFileError(f"{file.address} is taken by a page of another type")
                _fill(page, file, converter)
                _publish(page, file)
        except ContentFileError as error:
            problems.append(str(error))
        if number % 10 == 0 or number == len(files):
            progress(f"{number} of {len(files)} pages")
    if problems:
        raise ContentFileError("\n".join(problems))


def _fill(page: Any, file: ContentFile, converter: Converter) -> None:
    children = {relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(type(page))}
    del children[COMMENTS_RELATION_NAME]
    for name, model in children.items():
        rows = expect(list, file.values.get(name, []))
        setattr(page, name, [_child(model, number, expect(dict, row), converter) for number, row in enumerate(rows)])
    for name in file.values.keys() - children.keys() - NOT_FIELDS:
        setattr(page, name, converter.field(_field(type(page), name), file.values[name]))


def _child(model: type[Any], number: int, row: dict[str, Any], converter: Converter) -> Any:
    child = model(sort_order=number, **{name: converter.field(_field(model, name), value) for name, value in row.items()})
    parents = [field.name for field in model._meta.fields if isinstance(field, ParentalKey)]
    child.clean_fields(exclude=parents)
    return child


def _field(model: type[Any], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        raise ContentFileError(f"{model._meta.label} has no field {name!r}") from None


def _publish(page: Any, file: ContentFile) -> None:
    checked = file.values.get("date") or file.values.get("checked_on")
    if page.first_published_at is None and checked:
        page.first_published_at = timezone.make_aware(datetime.combine(checked, time(12)))
    page.save_revision().publish()
    LoadedFile.objects.update_or_create(address=file.address, defaults={"digest": file.digest})
