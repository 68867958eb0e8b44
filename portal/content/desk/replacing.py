"""A retired concept makes way for another on every page that carries it, live and draft, and in all that is no page, all at once
or not at all.

Rows are written in bulk: publishing a thousand pages one by one would keep every other editor waiting for half a minute, and
would let drafts of live pages go live. What publishing does besides is done here: revisions, history, index, memory of pages.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, PageLogEntry, Revision, TaskState
from wagtail.permissions import page_permission_policy

from portal.content.changes import announce
from portal.content.desk.contents import concepts_in, with_replaced
from portal.content.models import DomainPage
from portal.vocabulary import elsewhere
from portal.vocabulary.models import Concept
from portal.vocabulary.usage import carriers, move, pages_with, places

# The name of the act in the history of a page.
ACTION = "portal.replace_concept"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Carrier:
    """A page with the concept: `stored` as visitors see the page, or will when it goes live as it was last saved; `in_draft` in
    the text that its editors work on."""

    page: Page
    stored: bool
    in_draft: bool

    @property
    def on_site(self) -> bool:
        """Whether visitors see it."""
        return self.stored and bool(self.page.live)

    @property
    def in_work(self) -> bool:
        """Whether it stands in a text that is not live."""
        return (self.stored or self.in_draft) if not self.page.live else self.in_draft and self.page.has_unpublished_changes


def find(old: Concept, user: Any) -> list[Carrier]:
    """The pages with this concept that the user may publish, by title."""
    stored = set(pages_with([old.pk]).values_list("pk", flat=True))
    mine = page_permission_policy.instances_user_has_permission_for(user, "publish")
    candidates = list(mine.filter(Q(pk__in=stored) | Q(has_unpublished_changes=True)).order_by("title", "pk"))
    drafts = {int(revision.object_id) for revision in _newest(candidates) if old.pk in _concepts(revision)}
    return [Carrier(page, page.pk in stored, page.pk in drafts) for page in candidates if page.pk in stored | drafts]


def still_carried() -> list[tuple[Concept, int, int]]:
    """The retired concepts that are carried, each with the number of pages and drafts, and that of all else (needs of schools,
    advisers), in the order of the vocabulary."""
    retired = list(Concept.objects.filter(retired=True))
    pages = carriers([concept.pk for concept in retired])
    drafts = Page.objects.filter(live=True, has_unpublished_changes=True)
    extra = Counter(
        key for revision in _newest(drafts) for key in _concepts(revision) if int(revision.object_id) not in pages.get(key, ())
    )
    others = elsewhere.counts([concept.pk for concept in retired])
    counts = [(concept, len(pages.get(concept.pk, ())) + extra[concept.pk], others[concept.pk]) for concept in retired]
    return [row for row in counts if any(row[1:])]


@transaction.atomic
def replace(old: Concept, new: Concept, user: Any) -> int:
    """Put one concept in the place of another on every page that this user may publish, and in all that is no page. Returns the
    number of pages.

    Each page gets a revision and a line in its history. Raises ValidationError when two pages would be about the same domain.
    """
    found = find(old, user)
    # An editor who saves one of these pages meanwhile waits, and is then told that it has changed.
    waiting = Page.objects.select_for_update(of=("self",)).filter(pk__in=[carrier.page.pk for carrier in found])
    pages = {page.pk: page for page in waiting.order_by("pk")}
    _refuse_twins(old, new)
    _write_rows(old, new, pages.keys())
    revisions = _write_revisions(old.pk, new.pk, pages, user)
    _write_history(old, new, pages.values(), revisions, user)
    elsewhere.replace(old, new)
    announce([carrier.page.pk for carrier in found if carrier.on_site])
    return len(pages)


def _newest(pages: Iterable[Page]) -> Iterable[Revision]:
    """The newest revision of each of these pages, in batches: their texts are long."""
    keys = [page.latest_revision_id for page in pages if page.latest_revision_id]
    for start in range(0, len(keys), BATCH):
        yield from Revision.objects.filter(pk__in=keys[start : start + BATCH]).order_by("pk")


def _model(revision: Revision) -> type[Page]:
    model: type[Page] | None = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    return model or Page


def _concepts(revision: Revision) -> set[int]:
    return concepts_in(revision.content, _model(revision))


def _refuse_twins(old: Concept, new: Concept) -> None:
    about = set(DomainPage.objects.filter(live=True, domain__in=(old, new)).values_list("domain", flat=True))
    if about == {old.pk, new.pk}:
        raise ValidationError(_("Each of these domains has a live page of its own: unpublish one of the two first."))


def _write_rows(old: Concept, new: Concept, keys: Collection[int]) -> None:
    for place in (place for place in places() if place.scheme == old.scheme):
        move(place, old, new, keys)


def _write_revisions(old: int, new: int, pages: Mapping[int, Page], user: Any) -> dict[int, Revision]:
    """A revision on top of the newest one of each page that had the concept in it, by the key of the page. It takes over what
    that one was to do: to be live, to go live at a moment, to be approved."""
    now = timezone.now()
    heirs: dict[int, Revision] = {}
    for before in _newest(pages.values()):
        if old in _concepts(before):
            heirs[before.pk] = Revision(
                content_type_id=before.content_type_id,
                base_content_type_id=before.base_content_type_id,
                object_id=before.object_id,
                object_str=before.object_str,
                created_at=now,
                user=user,
                content=with_replaced(before.content, _model(before), old, new),
                approved_go_live_at=before.approved_go_live_at,
            )
    Revision.objects.bulk_create(heirs.values(), batch_size=BATCH)
    Revision.objects.filter(pk__in=heirs).update(approved_go_live_at=None)
    waiting = list(TaskState.objects.filter(revision__in=heirs, status=TaskState.STATUS_IN_PROGRESS))
    for state in waiting:
        state.revision = heirs[state.revision_id]
    TaskState.objects.bulk_update(waiting, ["revision"])
    changed = [page for page in pages.values() if page.latest_revision_id in heirs]
    for page in changed:
        heir = heirs[page.latest_revision_id]
        if page.live_revision_id == page.latest_revision_id:
            page.live_revision = heir
        page.latest_revision, page.latest_revision_created_at = heir, now
    Page.objects.bulk_update(changed, ["live_revision", "latest_revision", "latest_revision_created_at"], batch_size=BATCH)
    return {page.pk: page.latest_revision for page in changed}


def _write_history(old: Concept, new: Concept, pages: Iterable[Page], revisions: Mapping[int, Revision], user: Any) -> None:
    now = timezone.now()
    PageLogEntry.objects.bulk_create(
        (
            PageLogEntry(
                page=page,
                content_type_id=page.content_type_id,
                label=page.draft_title,
                action=ACTION,
                timestamp=now,
                user=user,
                # One for each: of several entries with the same one, the history of Wagtail shows a single page's.
                uuid=uuid.uuid4(),
                revision=revisions.get(page.pk),
                content_changed=True,
                data={"old": str(old), "new": str(new)},
            )
            for page in pages
        ),
        batch_size=BATCH,
    )
