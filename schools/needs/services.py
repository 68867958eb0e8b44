"""Writing down and changing what a school needs."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from schools.enums import NeedAction
from schools.models.needs import NeedEvent, SupportNeed
from schools.models.register import School

# What a person fills in; `topics` beside it.
FIELDS = ("what", "explanation", "domain", "for_whom", "by_when", "priority")


def add_need(*, school: School, actor: Any, values: Mapping[str, Any], topics: Iterable[Any] = ()) -> SupportNeed:
    """Write down a need of a school. `values` holds FIELDS (what is left out gets its default), `topics` are concepts."""
    with transaction.atomic():
        # The school is locked, so that two colleagues do not get one number.
        School.objects.select_for_update(of=("self",)).get(pk=school.pk)
        last = SupportNeed.objects.filter(school=school).aggregate(last=Max("number"))["last"] or 0
        need = SupportNeed(school=school, number=last + 1, created_by=actor, **_known(values))
        need.topics = list(topics)
        need.save()
        NeedEvent.objects.create(need=need, action=NeedAction.NOTE, state=need.state, actor=actor)
    return need


def change_need(*, need: SupportNeed, actor: Any, values: Mapping[str, Any], topics: Iterable[Any]) -> SupportNeed:
    """Change the words of a need; its state is changed by `schools.needs.workflow.transition`."""
    with transaction.atomic():
        for name, value in _known(values).items():
            setattr(need, name, value)
        need.changed_at = timezone.now()
        need.topics = list(topics)
        need.save()
        NeedEvent.objects.create(need=need, action=NeedAction.CHANGE, state=need.state, actor=actor)
    return need


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS if name in values}
