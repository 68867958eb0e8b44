"""Loads content files into pages: makes what is missing, fills what changed, leaves the rest alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page, Site

from portal.content.loading.media import MediaFolders
from portal.content.loading.reading import ContentFile, ContentFileError, read_folder
from portal.content.loading.values import Converter
from portal.content.models import HomePage, LoadedFile
from portal.vocabulary.models import Concept

NOT_FIELDS = frozenset({"relations", "order"})


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
    files = [file for folder in folders for file in read_folder(folder)]
    files.sort(key=lambda file: (file.address.count("/"), file.values.get("order", 0), file.address))
    known = dict(LoadedFile.objects.values_list("address", "digest"))
    changed = [file for file in files if known.get(file.address) != file.digest]
    if not changed:
        return Report(0, 0, len(files))
    with transaction.atomic():
        created = _make_missing(files)
        problems = _fill_all(changed, MediaFolders(folders), progress)
        if problems:
            raise ContentFileError("\n".join(problems))
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
        page = _model(file)(title=file.values["title"], slug=file.slug or "home", live=False, **_plain_values(file))
        if file.address == "/":
            pages = {"/": _replace_home(page)}
        else:
            if file.parent not in pages:
                raise ContentFileError(f"{file.path.name}: there is no page {file.parent!r} to stand below")
            parent = Page.objects.get(pk=pages[file.parent])
            pages[file.address] = parent.add_child(instance=page).pk
        created += 1
    return created


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
        raise ContentFileError(f"{file.path.name}: there is no page type {file.type!r}") from error
    if not issubclass(model, Page):
        raise ContentFileError(f"{file.path.name}: {file.type} is no page type")
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


def _fill_all(files: list[ContentFile], media: MediaFolders, progress: Callable[[str], None]) -> list[str]:
    pages = _addresses()
    concepts = {(concept.scheme, concept.code): concept for concept in Concept.objects.all()}
    converter = Converter(pages, concepts, media)
    problems = []
    for number, file in enumerate(files, 1):
        try:
            page = _model(file).objects.filter(pk=pages[file.address]).first()
            if page is None:
                raise ContentFileError(f"{file.address} is taken by a page of another type")
            _fill(page, file, converter)
            _publish(page, file)
        except ContentFileError as error:
            problems.append(f"{file.path.name}: {error}")
        except ValidationError as error:
            problems.append(f"{file.path.name}: {'; '.join(error.messages)}")
        if number % 10 == 0 or number == len(files):
            progress(f"{number} of {len(files)} pages")
    return problems


def _fill(page: Any, file: ContentFile, converter: Converter) -> None:
    children = {relation.get_accessor_name(): relation.related_model for relation in _child_relations(type(page))}
    for name, value in file.values.items():
        if name in NOT_FIELDS:
            continue
        if name in children:
            setattr(page, name, [_child(children[name], number, row, converter) for number, row in enumerate(value)])
            continue
        try:
            field = page._meta.get_field(name)
        except FieldDoesNotExist:
            raise ContentFileError(f"{file.type} has no field {name!r}") from None
        setattr(page, name, converter.field(field, value))
    page.relations = [
        page.relations.model(
            sort_order=number, target_id=converter.page(row["target"]), kind=row.get("kind", "related"), note=row.get("note", "")
        )
        for number, row in enumerate(file.values.get("relations", []))
    ]


def _child_relations(model: type[Any]) -> list[Any]:
    own = [relation for relation in model._meta.related_objects if relation.related_model.__module__.startswith(model._meta.app_label)]
    return [relation for relation in own if relation.field.__class__.__name__ == "ParentalKey"]


def _child(model: type[Any], number: int, row: dict[str, Any], converter: Converter) -> Any:
    values = {name: converter.field(model._meta.get_field(name), value) for name, value in row.items()}
    return model(sort_order=number, **values)


def _publish(page: Any, file: ContentFile) -> None:
    page.live = True
    page.full_clean()
    checked = file.values.get("date") or file.values.get("checked_on")
    if page.first_published_at is None and checked:
        page.first_published_at = timezone.make_aware(datetime.combine(checked, time(12)))
    page.save_revision().publish()
    LoadedFile.objects.update_or_create(address=file.address, defaults={"digest": file.digest})
