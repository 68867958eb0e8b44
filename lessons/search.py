"""How lessons are found."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from lessons.facets import minutes_code
from lessons.models import CurriculumLink, LessonPage
from portal.vocabulary.lookup import vocabulary
from search.content import tagged_documents
from search.documents import SearchDocument
from search.registry import PageSource, register_page


def lesson_documents(pages: Sequence[Any], revisions: Mapping[str, int]) -> list[SearchDocument]:
    """Documents of lessons, with their length and licence as facets, and why they serve a goal as text: one query for all."""
    words = vocabulary()
    more: dict[int, dict[str, tuple[str, ...]]] = {}
    for page in pages:
        licence = words.by_id(page.licence_id) if page.licence_id else None
        more[page.pk] = {
            **({"minutes": (minutes_code(page.minutes),)} if page.minutes else {}),
            **({"licence": (licence.code,)} if licence else {}),
        }
    reasons: dict[int, list[str]] = defaultdict(list)
    links = CurriculumLink.objects.filter(page__in=[page.pk for page in pages]).order_by("page", "sort_order")
    for page, why in links.values_list("page", "why"):
        reasons[page].append(why)
    return tagged_documents(pages, revisions, kind=LessonPage.kind, more=more, texts=reasons)


def register_lessons() -> None:
    """Make lessons findable."""
    register_page(PageSource(LessonPage, LessonPage.kind, LessonPage.kind_label, lesson_documents))
