"""Forms of the page editor."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class PublishableForm(WagtailAdminPageForm):
    """Lets a draft be incomplete, and names beside each field what is missing before the page goes live."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:
            for field, message in self.instance.required_to_publish.items():
                if field in self.fields and not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, message)
            for field, message in self.instance.problems_to_publish(cleaned).items():
                if field in self.fields and field not in self.errors:
                    self.add_error(field, message)
                elif field not in self.fields:
                    self.add_error(None, _("%(field)s: %(message)s") % {"field": field, "message": message})
        return cleaned
