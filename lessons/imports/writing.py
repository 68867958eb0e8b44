"""Writing lessons in bulk: new drafts, and new drafts of lessons that are there.

The same rows as Wagtail's editor writes, but some queries for a hundred lessons instead of seventy-five for each: on SQLite a
transaction keeps every other writer waiting. What Wagtail's signals would do page by page, `index_pages` does afterwards.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from lessons.imports.layout import COLUMNS
from lessons.imports.planning import Work
from lessons.models import CurriculumLink, LessonIndexPage, LessonPage
from portal.accounts.models import User
from portal.vocabulary.tags import concept_fields

BATCH = 100
# Places kept free in the tree, so that an editor who adds a lesson at the same moment does not want the place of one of ours.
ROOM = 100
# What a row of the table of lessons takes from the import; a picture, which no column has, stays as it is.
PLAIN_FIELDS = tuple(
    {column.field: column for column in COLUMNS}.keys() & {field.name for field in LessonPage._meta.local_fields}
)


class LessonsChangedError(Exception):
    """A lesson is no longer as it was when the plan was made."""


@transaction.atomic
def write(works: Iterable[Work], *, index: LessonIndexPage, user: User | None) -> list[int]:
    """Write these lessons below `index`, all or nothing. Returns the keys of the pages, for `index_pages` after the commit.

    Raises LessonsChangedError when somebody else was there first, since the works were planned."""
    works = list(works)
    parent = Page.objects.select_for_update().get(pk=index.pk)
    _check_unchanged(works, parent)
    writer = _Writer(parent, user)
    for batch in _batches([work for work in works if work.page is None]):
        writer.create(batch)
    for batch in _batches([work for work in works if work.page is not None]):
        writer.change(batch)
    return writer.written


def index_pages(keys: Sequence[int]) -> None:
    """Bring Wagtail's search index and reference index up to date for these pages, in short transactions."""
    for batch in _batches(keys):
        pages = list(LessonPage.objects.filter(pk__in=batch))
        with transaction.atomic():
            for backend in get_search_backends(with_auto_update=True):
                backend.add_bulk(LessonPage, pages)
            for page in pages:
                ReferenceIndex.create_or_update_for_object(page)


def _check_unchanged(works: Sequence[Work], parent: Page) -> None:
    planned = {work.page.pk: work.page.latest_revision_id for work in works if work.page}
    new = [work.slug for work in works if work.page is None]
    for keys in _batches(list(planned)):
        now = dict(Page.objects.select_for_update().filter(pk__in=keys).values_list("pk", "latest_revision_id"))
        if now != {key: planned[key] for key in keys}:
            raise LessonsChangedError
    for slugs in _batches(new):
        if parent.get_children().filter(slug__in=slugs).exists():
            raise LessonsChangedError


class _Writer:
    """Writes batches below one page, at one moment, in one person's name."""

    def __init__(self, parent: Page, user: User | None) -> None:
        self.parent, self.user, self.now = parent, user, timezone.now()
        self.content_type = ContentType.objects.get_for_model(LessonPage)
        self.base_type = ContentType.objects.get_for_model(Page)
        last = parent.get_children().order_by("path").values_list("path", flat=True).last()
        self.place = (Page._str2int(last[-Page.steplen :]) if last else 0) + ROOM
        self.written: list[int] = []

    def create(self, works: Sequence[Work]) -> None:
        """New drafts behind the lessons that are there."""
        bases = Page.objects.bulk_create([self._base(work) for work in works])
        Page.objects.filter(pk=self.parent.pk).update(numchild=F("numchild") + len(bases))
        for base, work in zip(bases, works, strict=True):
            # `raw` writes the row of the lesson alone: that of the page is there.
            LessonPage(page_ptr_id=base.pk, live=False, **_plain_values(work.content)).save_base(raw=True, force_insert=True)
        self._relate(works, [base.pk for base in bases])
        self._log(bases, "wagtail.create")
        self._revise(
            bases,
            [{**work.content, **get_serializable_data_for_fields(base)} for work, base in zip(works, bases, strict=True)],
        )

    def change(self, works: Sequence[Work]) -> None:
        """New drafts of lessons that are there. As in the editor, a lesson that is not live takes over its draft at once."""
        pairs = [(work, work.page) for work in works if work.page]
        drafts = [(work, page) for work, page in pairs if not page.live]
        for work, page in drafts:
            for name, value in _plain_values(work.content).items():
                setattr(page, name, value)
            page.title = work.content["title"]
            page.save_base(raw=True, force_update=True)
        keys = [page.pk for _work, page in drafts]
        for field in concept_fields(LessonPage):
            field.remote_field.through.objects.filter(lessonpage_id__in=keys).delete()
        CurriculumLink.objects.filter(page_id__in=keys).delete()
        self._relate([work for work, _page in drafts], keys)
        for work, page in pairs:
            page.draft_title = work.content["title"]
            page.has_unpublished_changes = True
            page.latest_revision_created_at = self.now
        changed = ("title", "draft_title", "has_unpublished_changes", "latest_revision_created_at")
        self._revise([page for _work, page in pairs], [work.content for work, _page in pairs], *changed)

    def _base(self, work: Work) -> Page:
        self.place += 1
        title = work.content["title"]
        depth = self.parent.depth + 1
        return Page(
            title=title,
            draft_title=title,
            slug=work.slug,
            path=Page._get_path(self.parent.path, depth, self.place),
            depth=depth,
            url_path=f"{self.parent.url_path}{work.slug}/",
            content_type=self.content_type,
            locale_id=self.parent.locale_id,
            owner=self.user,
            live=False,
            has_unpublished_changes=True,
            latest_revision_created_at=self.now,
        )

    def _relate(self, works: Sequence[Work], keys: Sequence[int]) -> None:
        """The concepts and goals of lessons that have none in the database."""
        pairs = list(zip(works, keys, strict=True))
        for field in concept_fields(LessonPage):
            through = field.remote_field.through
            through.objects.bulk_create(
                through(lessonpage_id=key, concept_id=concept) for work, key in pairs for concept in work.content[field.name]
            )
        CurriculumLink.objects.bulk_create(
            CurriculumLink(page_id=key, concept_id=goal["concept"], why=goal["why"], sort_order=number)
            for work, key in pairs
            for number, goal in enumerate(work.content["curriculum"])
        )

    def _revise(self, pages: Sequence[Page], contents: Sequence[dict[str, Any]], *changed: str) -> None:
        """A revision for each page, its newest. `changed` are columns of the page that changed with it."""
        revisions = Revision.objects.bulk_create(
            Revision(
                content_type=self.content_type,
                base_content_type=self.base_type,
                object_id=str(page.pk),
                object_str=page.draft_title,
                created_at=self.now,
                user=self.user,
                content=content,
            )
            for page, content in zip(pages, contents, strict=True)
        )
        for page, revision in zip(pages, revisions, strict=True):
            page.latest_revision = revision
        Page.objects.bulk_update(pages, ["latest_revision", *changed])
        self._log(pages, "wagtail.edit")
        self.written += [page.pk for page in pages]

    def _log(self, pages: Sequence[Page], action: str) -> None:
        PageLogEntry.objects.bulk_create(
            PageLogEntry(
                page_id=page.pk,
                content_type=self.content_type,
                label=page.draft_title,
                action=action,
                timestamp=self.now,
                user=self.user,
                revision=page.latest_revision,
                content_changed=True,
                uuid=uuid4(),
            )
            for page in pages
        )


def _plain_values(content: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the table of lessons itself, as its model takes them."""
    values = {name: content[name] for name in PLAIN_FIELDS if name != "licence"}
    return {**values, "licence_id": content["licence"]}


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
