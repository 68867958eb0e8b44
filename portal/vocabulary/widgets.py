"""How editors choose concepts: checkboxes with a search field for many, a chooser for one of a long scheme."""

from typing import Any

from django import forms
from wagtail.admin.widgets import BaseChooser

from portal.vocabulary.enums import LONG_SCHEMES
from portal.vocabulary.lookup import ConceptValue, vocabulary


class ConceptCheckboxes(forms.CheckboxSelectMultiple):
    """All concepts of a scheme under the headings of the vocabulary; long schemes get a search field. Works without scripts."""

    template_name = "vocabulary/widgets/concepts.html"

    def __init__(self, scheme: str, **kwargs: Any) -> None:
        self.scheme = scheme
        super().__init__(**kwargs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _heading, options, _index in context["widget"]["optgroups"] for option in options]
        words = vocabulary()
        for option in options:
            if concept := words.by_id(int(str(option["value"]))):
                option |= {"concept": concept, "depth": len(words.ancestors(concept)), "words": _search_words(concept)}
        context["widget"] |= {"options": options, "is_long": self.scheme in LONG_SCHEMES}
        return context

    class Media:
        css = {"all": ("css/admin-concepts.css",)}
        js = ("js/admin-concepts.js",)


class ConceptChooser(BaseChooser):  # type: ignore[misc]
    """A button that opens a searchable list of one scheme."""

    scheme = ""
    show_edit_link = False

    def __init__(self, scheme: str = "", **kwargs: Any) -> None:
        self.scheme = scheme
        super().__init__(**kwargs)

    def get_chooser_modal_url(self) -> str:
        return f"{super().get_chooser_modal_url()}?scheme={self.scheme}"

    def get_value_data(self, value: Any) -> dict[str, Any] | None:
        key = str(getattr(value, "pk", value))
        # A form that is shown again holds whatever was posted.
        concept = vocabulary().by_id(int(key)) if key.isdecimal() else None
        return {"id": concept.pk, "edit_url": "", self.display_title_key: concept.title} if concept else None


def _search_words(concept: ConceptValue) -> str:
    return " ".join((concept.title, concept.label_en, *concept.alt_labels, *concept.hidden_labels)).lower()
