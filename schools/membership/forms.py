"""Forms about memberships."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.outbox.forms import MailAddressField
from schools.enums import Role
from schools.models.membership import Membership
from schools.models.register import Board, School

SCHOOL_ROLES = [(role.value, role.label) for role in Role if role != Role.BOARD]
BOARD_ROLES = [(Role.BOARD.value, Role.BOARD.label)]
# More people than these are no row of buttons any more.
MOST_BUTTONS = 12


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

    email = MailAddressField(label=_("E-mail address of your colleague"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, place: School | Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(place)


class RoleForm(forms.Form):
    """Another role for a member."""

    def __init__(self, *args: Any, place: School | Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(place)


class LeaveForm(forms.Form):
    """Who takes over, if anybody: all who may, by name; many of them in a list that unfolds, where typing a name finds it."""

    successor = forms.ChoiceField(label=_("Hand your role over to a colleague"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, colleagues: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_name = sorted(colleagues, key=lambda colleague: str(colleague.user).casefold())
        self.colleagues = {str(colleague.key): colleague for colleague in by_name}
        names = [(key, f"{colleague.user} ({colleague.get_role_display()})") for key, colleague in self.colleagues.items()]
        if len(names) > MOST_BUTTONS:
            self.fields["successor"].widget = forms.Select()
        self.fields["successor"].choices = [("", _("Nobody: I only leave")), *names]

    def clean_successor(self) -> Membership | None:
        return self.colleagues.get(self.cleaned_data["successor"])
