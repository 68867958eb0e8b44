"""Writing the profile of a school."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from schools.models.profile import Practice, SchoolProfile
from schools.models.register import School
from schools.seen import refuse_stale

FIELDS = ("visibility", "contact_name", "contact_email")


def save_profile(
    *, school: School, actor: Any, values: Mapping[str, Any], practices: Mapping[str, str], seen: str | None = None
) -> SchoolProfile:
    """Write what a school tells about itself: `values` holds FIELDS, `practices` a text for each code of a domain, `seen` the
    mark of the profile that was changed. Raises ChangedMeanwhileError."""
    words = vocabulary()
    with transaction.atomic():
        # A first profile is no row yet.
        school.lock()
        refuse_stale(seen, mark_of(SchoolProfile.objects.filter(school=school).first()))
        fields = {name: values[name] for name in FIELDS if name in values}
        profile, _new = SchoolProfile.objects.update_or_create(school=school, defaults={**fields, "changed_by": actor})
        texts = {domain.pk: text.strip() for code, text in practices.items() if (domain := words.get(Scheme.WSA, code))}
        profile.practices.filter(domain__in=[pk for pk, text in texts.items() if not text]).delete()
        Practice.objects.bulk_create(
            [Practice(profile=profile, domain_id=pk, text=text) for pk, text in texts.items() if text],
            update_conflicts=True,
            unique_fields=["profile", "domain"],
            update_fields=["text"],
        )
    return profile


def mark_of(profile: SchoolProfile | None) -> str:
    """What a form carries along: which writing of the profile it was filled for; empty for the first."""
    return profile.changed_at.isoformat() if profile else ""
