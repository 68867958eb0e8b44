"""Needs of schools as the matching sees them."""

from collections.abc import Sequence
from typing import Any

from portal.vocabulary.lookup import vocabulary
from portal.vocabulary.tags import concepts_of
from schools.matching.topics import topics_in
from schools.matching.wanted import Wanted
from schools.models import School, SupportNeed


def wanted_of(needs: Sequence[SupportNeed], school: School) -> list[Wanted]:
    """What a school asks for, in the order of its needs: two queries for any number of them. A need without topics has those
    that its words name."""
    about_needs: Any = concepts_of(needs)
    about_school = concepts_of([school])[school.pk]
    words = vocabulary()
    province = words.by_id(school.province_id)
    wanted = []
    for need in needs:
        domain = words.by_id(need.domain_id)
        wanted.append(
            Wanted(
                domain=domain.code if domain else "",
                topics=tuple(topic.code for topic in about_needs[need.pk]["topics"]) or topics_in(need.what, words),
                text=f"{need.what} {need.for_whom}".strip(),
                sectors=tuple(sector.code for sector in about_school["sectors"]),
                province=province.code if province else "",
                municipality=school.municipality,
            )
        )
    return wanted
