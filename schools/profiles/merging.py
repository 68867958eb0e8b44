"""When one domain makes way for another: a school that wrote something for both keeps both texts, under the new one."""

from typing import Any

from django.dispatch import receiver

from portal.vocabulary.elsewhere import concept_makes_way
from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept
from schools.models.profile import Practice


@receiver(concept_makes_way, dispatch_uid="schools-profiles")
def merge_practices(old: Concept, new: Concept, **kwargs: Any) -> None:
    """Make one text of two."""
    if old.scheme != Scheme.WSA:
        return
    kept = {practice.profile_id: practice for practice in Practice.objects.filter(domain=new)}
    for practice in Practice.objects.filter(domain=old, profile__in=kept.keys()):
        other = kept[practice.profile_id]
        other.text = f"{other.text}\n{practice.text}"
        other.save(update_fields=["text"])
        practice.delete()
