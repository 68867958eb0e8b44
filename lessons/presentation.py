"""What the page of a lesson shows beside its own fields."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from portal.content.cards import cards_for, with_image
from portal.content.snapshot import visible
from portal.media.renditions import with_renditions
from portal.vocabulary.lookup import ConceptValue, vocabulary
from search.finder import similar

SIMILAR = 3


@dataclass(frozen=True, slots=True)
class CurriculumGoal:
    """A goal the lesson serves: the concept, the set it belongs to (None for a set itself), and why."""

    concept: ConceptValue
    collection: ConceptValue | None
    why: str


def lesson_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """`curriculum`, `licence` and `similar` for the template; renditions of all pictures are read in one query."""
    words = vocabulary()
    goals = []
    for link in page.curriculum.all():
        concept = words.by_id(link.concept_id)
        if concept is not None:
            above = words.ancestors(concept)
            goals.append(CurriculumGoal(concept, above[-1] if above else None, link.why))
    with_renditions([image for image in (page.image, *step_images(page.steps)) if image])
    return {
        "curriculum": goals,
        "licence": words.by_id(page.licence_id) if page.licence_id else None,
        "similar": cards_for(_similar_lessons(page)),
    }


def _similar_lessons(page: Any) -> list[Any]:
    # Among what is most like it there are pages of other kinds too.
    keys = [int(hit.key) for hit in similar(str(page.pk), size=4 * SIMILAR)] if page.pk else []
    lessons = {lesson.pk: lesson for lesson in visible(with_image(type(page)).filter(pk__in=keys))} if keys else {}
    return [lessons[key] for key in keys if key in lessons][:SIMILAR]


def step_images(steps: Any) -> list[Any]:
    """The pictures inside the steps of a lesson."""
    return [part.value["image"] for step in steps for part in step.value["body"] if part.block_type == "image"]
