"""Forms of the page editor."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class PublishableForm(WagtailAdminPageForm):
    """Lets a draft be incomplete, and says beside each field what keeps the page from going live or to a moderator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "relations" in self.formsets:
            for form in self.formsets["relations"].forms:
                # Otherwise a relation learns where it starts when it is saved, too late to see that it leads back to its page.
                form.instance.source_id = self.instance.pk

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        # Browsers send line ends of two characters; kept, every line would seem changed beside a text that came from a file.
        cleaned |= {name: value.replace("\r\n", "\n") for name, value in cleaned.items() if isinstance(value, str)}
        if not self.is_deferred_validation:
            for field, message in self.instance.problems_to_publish(self._value).items():
                if field not in self.errors:
                    self.add_error(field if field in self.fields else None, message)
        return cleaned

    def _value(self, name: str) -> Any:
        return self.cleaned_data[name] if name in self.cleaned_data else getattr(self.instance, name)
