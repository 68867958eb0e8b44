"""One step of the quick scan."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.scan.enums import Answer
from schools.scan.services import Step


class StepForm(forms.Form):
    """A choice for each statement of a step; each may be left open."""

    def __init__(self, *args: Any, step: Step, known: Mapping[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for statement in step.statements:
            self.fields[f"s{statement.pk}"] = forms.TypedChoiceField(
                label=statement.text,
                help_text=statement.explanation,
                choices=Answer.choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=known.get(statement.pk),
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one of the answers.")},
            )

    def answers(self) -> dict[int, int | None]:
        """Statement → answer, None for what was left open."""
        return {int(name.removeprefix("s")): value for name, value in self.cleaned_data.items()}
