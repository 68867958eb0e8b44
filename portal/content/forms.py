"""Forms of the page editor."""

from typing import Any

from django.utils.safestring import SafeString
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.base import BlockField, BlockWidget


class BlockWidgetWithErrorAbove(BlockWidget):  # type: ignore[misc]
    """Blocks below the message about all of them, where any other field has it. Wagtail has a script draw it among the blocks:
    after the tab has counted its errors, and in a form that the minimap never counts."""

    @property
    def render_with_errors(self) -> Any:
        """Not there: by that Wagtail knows which widgets leave their errors to the field."""
        raise AttributeError

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        blocks: SafeString = BlockWidget.render_with_errors(self, name, value, attrs=attrs)
        return blocks


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
                    self._refuse(field, message)
        return cleaned

    def _refuse(self, name: str, message: Any) -> None:
        field = self.fields.get(name)
        if isinstance(field, BlockField):
            field.widget = BlockWidgetWithErrorAbove(field.block)
        self.add_error(name if field else None, message)

    def _value(self, name: str) -> Any:
        return self.cleaned_data[name] if name in self.cleaned_data else getattr(self.instance, name)
