"""Model fields that tag something with concepts, in one line."""

from typing import Any

from django import forms
from django.db import models
from modelcluster.fields import ParentalManyToManyField

from portal.vocabulary.enums import Scheme

# What follows from the scheme and stays out of migrations.
DERIVED = ("to", "on_delete", "related_name", "limit_choices_to")


class ConceptField(ParentalManyToManyField):  # type: ignore[misc]
    """Many concepts of one scheme: `topics = ConceptField(Scheme.TOPIC, verbose_name=…)`.

    A retired concept can no longer be chosen, but stays valid where it was chosen before.
    """

    def __init__(self, scheme: str, **kwargs: Any) -> None:
        self.scheme = Scheme(scheme)
        kwargs.update(to="vocabulary.Concept", related_name="+", limit_choices_to={"scheme": str(scheme)})
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [str(self.scheme), *args], _without_derived(kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        # The admin's form fields need the models, which are still being loaded when this module is imported.
        from portal.vocabulary.forms import ConceptMultipleChoiceField

        field: forms.Field = super().formfield(**{"form_class": ConceptMultipleChoiceField, "scheme": self.scheme, **kwargs})
        return field


class ConceptKey(models.ForeignKey):  # type: ignore[type-arg]
    """One concept of one scheme: `licence = ConceptKey(Scheme.LICENCE, null=True, …)`. A concept in use is never deleted."""

    def __init__(self, scheme: str, **kwargs: Any) -> None:
        self.scheme = Scheme(scheme)
        kwargs.update(
            to="vocabulary.Concept", on_delete=models.PROTECT, related_name="+", limit_choices_to={"scheme": str(scheme)}
        )
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [str(self.scheme), *args], _without_derived(kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        from portal.vocabulary.forms import ConceptChoiceField

        return super().formfield(**{"form_class": ConceptChoiceField, "scheme": self.scheme, **kwargs})


def _without_derived(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kwargs.items() if name not in DERIVED}
