"""Model fields that tag something with concepts, in one line."""

from typing import Any

from django.db import models
from modelcluster.fields import ParentalManyToManyField

from portal.vocabulary.enums import Scheme


class ConceptField(ParentalManyToManyField):  # type: ignore[misc]
    """Many concepts of one scheme: `topics = ConceptField(Scheme.TOPIC, verbose_name=…)`."""

    def __init__(self, scheme: str, **kwargs: Any) -> None:
        self.scheme = Scheme(scheme)
        kwargs.update(to="vocabulary.Concept", related_name="+", limit_choices_to={"scheme": str(scheme), "retired": False})
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for derived in ("to", "related_name", "limit_choices_to"):
            kwargs.pop(derived, None)
        return name, path, [str(self.scheme), *args], kwargs


class ConceptKey(models.ForeignKey):  # type: ignore[type-arg]
    """One concept of one scheme: `licence = ConceptKey(Scheme.LICENCE, null=True, …)`. A concept in use is never deleted."""

    def __init__(self, scheme: str, **kwargs: Any) -> None:
        self.scheme = Scheme(scheme)
        kwargs.update(
            to="vocabulary.Concept",
            on_delete=models.PROTECT,
            related_name="+",
            limit_choices_to={"scheme": str(scheme), "retired": False},
        )
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for derived in ("to", "on_delete", "related_name", "limit_choices_to"):
            kwargs.pop(derived, None)
        return name, path, [str(self.scheme), *args], kwargs
