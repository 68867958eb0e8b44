"""Who belongs to which school or board, who asked to, and who was invited."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.enums import LEADING, MembershipAction, MembershipState, Role
from schools.models.history import Event
from schools.models.register import Board, School

# At a school or for a board, never both; and only a member of a board belongs to one.
ONE_PLACE = Q(school__isnull=False, board__isnull=True) | Q(school__isnull=True, board__isnull=False)
ROLE_FITS = Q(board__isnull=False, role=Role.BOARD) | (Q(board__isnull=True) & ~Q(role=Role.BOARD))
DESK_PERMISSION = "schools.change_membership"


class Placed(models.Model):
    """Belongs to exactly one school or board."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss", verbose_name=_("school")
    )
    board = models.ForeignKey(
        Board, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss", verbose_name=_("board")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)

    class Meta:
        abstract = True

    @property
    def place(self) -> School | Board:
        """The school or board."""
        place = self.school or self.board
        assert place is not None, "a constraint of the table"  # noqa: S101
        return place


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, and what follows from them."""

    def granted_to(self, user: Any) -> "MembershipQuerySet":
        """Those that give this person rights; none for a visitor."""
        return self.filter(user_id=user.pk, state=MembershipState.GRANTED) if user.is_active else self.none()

    def decided_by(self, user: Any) -> "MembershipQuerySet":
        """Those that this person may grant, refuse and end: of the schools and boards they lead, of all at the desk."""
        if not user.is_active:
            return self.none()
        if user.has_perm(DESK_PERMISSION):
            return self
        mine = Membership.objects.granted_to(user)
        boards = mine.filter(role=Role.BOARD).values("board")
        return self.filter(
            Q(school__in=mine.filter(role__in=LEADING).values("school")) | Q(school__board__in=boards) | Q(board__in=boards)
        )

    def for_user(self, user: Any) -> "MembershipQuerySet":
        """Those that this person may see: their own, and what they decide on."""
        if not user.is_active:
            return self.none()
        return self.filter(Q(user_id=user.pk) | Q(pk__in=Membership.objects.decided_by(user).values("pk")))


class Membership(Placed):
    """Somebody's part in a school or board."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    state = models.CharField(_("state"), max_length=10, choices=MembershipState.choices, default=MembershipState.ASKED)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    granted_at = models.DateTimeField(_("granted on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("-asked_at", "-pk")
        default_permissions = ("change", "view")
        constraints = (
            models.CheckConstraint(condition=ONE_PLACE, name="membership_one_place"),
            models.CheckConstraint(condition=ROLE_FITS, name="membership_role_fits"),
            models.UniqueConstraint(
                fields=("user", "school"), condition=~Q(state=MembershipState.ENDED), name="membership_once_a_school"
            ),
            models.UniqueConstraint(
                fields=("user", "board"), condition=~Q(state=MembershipState.ENDED), name="membership_once_a_board"
            ),
        )
        indexes = (models.Index(fields=("state", "asked_at"), name="membership_state_asked"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.place}"

    @property
    def is_asked(self) -> bool:
        return self.state == MembershipState.ASKED

    @property
    def is_granted(self) -> bool:
        return self.state == MembershipState.GRANTED


class MembershipEvent(Event):
    """One step in the history of a membership, with the role it had after it."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="history", verbose_name=_("membership"))
    action = models.CharField(_("what"), max_length=12, choices=MembershipAction.choices)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)

    class Meta(Event.Meta):
        verbose_name = _("event of a membership")
        verbose_name_plural = _("events of memberships")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.get_action_display()


class Invitation(Placed):
    """A link mailed to a colleague; who opens it and signs in is a member. Works once, and as long as who sent it may invite."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations_sent", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("sent on"), default=timezone.now)
    used_at = models.DateTimeField(_("used on"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-created_at", "-pk")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(condition=ONE_PLACE, name="invitation_one_place"),
            models.CheckConstraint(condition=ROLE_FITS, name="invitation_role_fits"),
        )

    def __str__(self) -> str:
        return f"{self.email} · {self.place}"
