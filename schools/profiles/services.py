"""Writing the profile of a school."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from schools.models.profile import Practice, SchoolProfile
from schools.models.register import School

FIELDS = ("visibility", "contact_name", "contact_email")


def save_profile(*, school: School, actor: Any, values: Mapping[str, Any], practices: Mapping[str, str]) -> SchoolProfile:
    """Write what a school tells about itself: `values` holds FIELDS, `practices` a text for each code of a domain."""
    words = vocabulary()
    with transaction.atomic():
        fields = {name: values[name] for name in FIELDS if name in values}
        profile, _new = SchoolProfile.objects.update_or_create(school=school, defaults={**fields, "changed_by": actor})
        for code, text in practices.items():
            domain = words.get(Scheme.WSA, code)
            if domain is None:
                continue
            if text.strip():
                Practice.objects.update_or_create(profile=profile, domain_id=domain.pk, defaults={"text": text.strip()})
            else:
                Practice.objects.filter(profile=profile, domain_id=domain.pk).delete()
    return profile
