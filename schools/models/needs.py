"""What a school wants help with."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from portal.vocabulary.enums import Scheme
from portal.vocabulary.fields import ConceptField, ConceptKey
from schools.enums import PENDING_NEEDS, NeedAction, NeedState, Priority
from schools.models.history import Event
from schools.models.register import School
from schools.permissions import OfSchoolQuerySet


class NeedQuerySet(OfSchoolQuerySet):
    """Needs of schools."""

    def pending(self) -> "NeedQuerySet":
        """Those that still ask for something."""
        return self.filter(state__in=PENDING_NEEDS)


class SupportNeed(ClusterableModel):  # type: ignore[misc]
    """One thing a school wants help with. `number` counts within the school, so that addresses say little."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="needs", verbose_name=_("school"))
    number = models.PositiveIntegerField(_("number"), editable=False)
    what = models.CharField(
        _("what do you need?"), max_length=200, help_text=_("In one sentence, such as “Lessen over afval voor groep 5 tot 8”.")
    )
    explanation = models.TextField(_("more about it"), max_length=2000, blank=True)
    domain = ConceptKey(Scheme.WSA, verbose_name=_("domain"))
    topics = ConceptField(Scheme.TOPIC, verbose_name=_("topics"))
    for_whom = models.CharField(
        _("for whom?"), max_length=120, blank=True, help_text=_("Such as “groep 5 tot 8”, “het hele team” or “ouders”.")
    )
    by_when = models.DateField(_("by when?"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("how soon?"), choices=Priority.choices, default=Priority.NORMAL)
    state = models.CharField(_("state"), max_length=10, choices=NeedState.choices, default=NeedState.OPEN, editable=False)
    created_at = models.DateTimeField(_("written down on"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed on"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written down by"),
    )

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("support need")
        verbose_name_plural = _("support needs")
        ordering = ("priority", "created_at", "pk")
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("school", "number"), name="need_number_once_a_school"),)
        indexes = (models.Index(fields=("school", "state"), name="need_school_state"),)

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("schools:need", args=[self.school.code.lower(), self.number])

    @property
    def is_pending(self) -> bool:
        """Whether it still asks for something."""
        return self.state in PENDING_NEEDS


class NeedEvent(Event):
    """One step in the history of a need, with the state it had after it."""

    need = models.ForeignKey(SupportNeed, on_delete=models.CASCADE, related_name="history", verbose_name=_("need"))
    action = models.CharField(_("what"), max_length=12, choices=NeedAction.choices)
    state = models.CharField(_("state"), max_length=10, choices=NeedState.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Event.Meta):
        verbose_name = _("event of a need")
        verbose_name_plural = _("events of needs")
        default_permissions = ()

    def __str__(self) -> str:
        return self.get_action_display()
