"""Writing down and changing what a school needs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal.vocabulary.tags import concepts_of
from schools.enums import NeedAction
from schools.models.needs import NeedEvent, SupportNeed
from schools.models.register import School
from schools.seen import refuse_stale

# What a person fills in; `topics` beside it.
FIELDS = ("what", "explanation", "domain", "for_whom", "by_when", "priority")
SENT_TWICE = timedelta(minutes=1)


def add_need(*, school: School, actor: Any, values: Mapping[str, Any], topics: Iterable[Any] = ()) -> SupportNeed:
    """Write down a need of a school. `values` holds FIELDS (what is left out gets its default), `topics` are concepts. All the
    same of the same person within a minute is a form that was sent twice: that makes one need."""
    with transaction.atomic():
        # So that two colleagues do not get one number.
        school.lock()
        topics = list(topics)
        need = SupportNeed(school=school, created_by=actor, **_known(values))
        if actor and (twin := _sent_before(need, topics)):
            return twin
        need.number = (SupportNeed.objects.filter(school=school).aggregate(last=Max("number"))["last"] or 0) + 1
        need.topics = topics
        need.save()
        NeedEvent.objects.create(need=need, action=NeedAction.NOTE, state=need.state, actor=actor)
    return need


def change_need(
    *, need: SupportNeed, actor: Any, values: Mapping[str, Any], topics: Iterable[Any], seen: str | None = None
) -> SupportNeed:
    """Change the words of a need; its state is changed by `schools.needs.workflow.transition`, and stays what it is now.

    `seen` is the mark of the need that was changed. `need` becomes what is stored. Raises ChangedMeanwhileError.
    """
    with transaction.atomic():
        SupportNeed.objects.select_for_update(of=("self",)).get(pk=need.pk)
        need.refresh_from_db()
        refuse_stale(seen, mark_of(need))
        for name, value in _known(values).items():
            setattr(need, name, value)
        need.changed_at = timezone.now()
        need.topics = list(topics)
        need.save()
        NeedEvent.objects.create(need=need, action=NeedAction.CHANGE, state=need.state, actor=actor)
    return need


def mark_of(need: SupportNeed) -> str:
    """What a form carries along: which writing of the need it was filled for. Steps in its state do not count."""
    written = need.history.filter(action__in=(NeedAction.NOTE, NeedAction.CHANGE)).order_by("-pk")
    return str(written.values_list("pk", flat=True).first() or "")


def _sent_before(need: SupportNeed, topics: Sequence[Any]) -> SupportNeed | None:
    """The need that this person wrote down a moment ago with all that `need` and `topics` say; a word more is no twin."""
    recent = SupportNeed.objects.filter(
        school=need.school, created_by=need.created_by, created_at__gt=timezone.now() - SENT_TWICE
    )
    same = list(recent.filter(**{name: getattr(need, name) for name in FIELDS}))
    tags: Any = concepts_of(same)
    chosen = {topic.pk for topic in topics}
    return next((twin for twin in same if {topic.pk for topic in tags[twin.pk]["topics"]} == chosen), None)


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS if name in values}
