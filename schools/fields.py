"""Model fields of the register."""

from typing import Any

from django.db import models

from search.dutch.tokens import folded_words


class WordsField(models.TextField):  # type: ignore[type-arg]
    """The folded words of other fields of the same row, each with a space before it: `contains=" wo"` finds words that begin so,
    whatever the accents and capitals, on every database. Filled whenever the row is saved."""

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        self.sources = sources
        kwargs.update(editable=False, default="")
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [*args, *self.sources], {key: kwargs[key] for key in kwargs if key not in ("editable", "default")}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        words = self.words_of(model_instance)
        setattr(model_instance, self.attname, words)
        return words

    def words_of(self, row: models.Model) -> str:
        """The words of one row."""
        return "".join(f" {word}" for source in self.sources for word in folded_words(str(getattr(row, source))))
