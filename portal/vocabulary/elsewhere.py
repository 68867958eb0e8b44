"""Concepts of what is no page: needs of schools, advisers and so on. Editors hear how many there are, never which."""

from collections import Counter
from collections.abc import Collection

from django.db.models import Count
from django.dispatch import Signal

from portal.vocabulary.models import Concept
from portal.vocabulary.usage import Place, move, places_of_others

# Sent inside the transaction, before `new` comes in the place of `old`: whoever has one row for a concept makes one of two.
concept_makes_way = Signal()


def counts(concept_pks: Collection[int]) -> Counter[int]:
    """How many things carry each of these concepts: a query for each table."""
    found: Counter[int] = Counter()
    for place in places_of_others():
        rows = place.model._default_manager.filter(**{f"{place.concept}__in": concept_pks}).order_by()
        found.update(dict(rows.values_list(place.concept).annotate(number=Count(place.page, distinct=True))))
    return found


def replace(old: Concept, new: Concept) -> int:
    """Put one concept in the place of another in all that is no page; returns in how many rows. Call it in a transaction."""
    concept_makes_way.send(sender=Concept, old=old, new=new)
    return sum(move(place, old, new) for place in _places(old))


def _places(concept: Concept) -> tuple[Place, ...]:
    return tuple(place for place in places_of_others() if place.scheme == concept.scheme)
