"""Forms about memberships."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.outbox.composing import UnsendableMail, address
from schools.enums import Role
from schools.models.membership import Membership
from schools.models.register import Board, School

SCHOOL_ROLES = [(role.value, role.label) for role in Role if role != Role.BOARD]
BOARD_ROLES = [(Role.BOARD.value, Role.BOARD.label)]
_WRONG_ADDRESS = _("Write an e-mail address such as naam@school.nl.")


def roles_at(place: School | Board) -> list[Any]:
    """The roles one can have at a school or board."""
    return BOARD_ROLES if isinstance(place, Board) else SCHOOL_ROLES


class RoleField(forms.ChoiceField):
    """One of the roles at a place."""

    widget = forms.RadioSelect

    def __init__(self, place: School | Board, **kwargs: Any) -> None:
        choices = roles_at(place)
        super().__init__(**{"choices": choices, "initial": choices[0][0], "label": _("Role"), **kwargs})

    def clean(self, value: Any) -> Role:
        return Role(super().clean(value))


class AskForm(forms.Form):
    """To belong to a school or board."""

    remark = forms.CharField(
        label=_("How will they know you?"),
        required=False,
        max_length=300,
        help_text=_("For example: “I teach group 6 on Mondays.”"),
    )

    def __init__(self, *args: Any, place: School | Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(place, label=_("What are you here?"))
        self.order_fields(["role", "remark"])


class InviteForm(forms.Form):
    """A colleague to mail a link."""

    email = forms.EmailField(
        label=_("E-mail address of your colleague"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _WRONG_ADDRESS, "invalid": _WRONG_ADDRESS, "max_length": _WRONG_ADDRESS},
    )

    def __init__(self, *args: Any, place: School | Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(place)

    def clean_email(self) -> str:
        """In lower case; only what the outbox can send to."""
        email: str = self.cleaned_data["email"].lower()
        try:
            address(email)
        except UnsendableMail as error:
            raise forms.ValidationError(_WRONG_ADDRESS) from error
        return email


class RoleForm(forms.Form):
    """Another role for a member."""

    def __init__(self, *args: Any, place: School | Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(place)


class LeaveForm(forms.Form):
    """Who takes over, if anybody."""

    successor = forms.ChoiceField(label=_("Hand your role over to a colleague"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, colleagues: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(colleague.key): colleague for colleague in colleagues}
        names = [(key, f"{colleague.user} ({colleague.get_role_display()})") for key, colleague in self.colleagues.items()]
        self.fields["successor"].choices = [("", _("Nobody: I only leave")), *names]

    def clean_successor(self) -> Membership | None:
        return self.colleagues.get(self.cleaned_data["successor"])
