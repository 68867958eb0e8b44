"""Who changed which right, and when: written once, never changed."""

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Unchangeable(TypeError):  # noqa: N818 - it says what is the matter
    """The log is only ever added to."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries that can be read."""

    def update(self, **values: Any) -> NoReturn:
        raise Unchangeable

    def delete(self) -> NoReturn:
        raise Unchangeable

    def bulk_update(self, *args: Any, **values: Any) -> NoReturn:
        raise Unchangeable


class Entry(models.Model):
    """One act. People stand in it as the number of their account and nothing more: when an account is erased, the number says
    nothing any longer, and the log need not change."""

    wagtail_reference_index_ignore = True

    at = models.DateTimeField(_("moment"), default=timezone.now, db_index=True)
    # The number of an account; empty when nobody did it by hand.
    actor = models.BigIntegerField(_("by"), null=True)
    action = models.CharField(_("act"), max_length=60)
    # `app.model` and primary key of what it was done to.
    target_kind = models.CharField(_("kind"), max_length=100)
    target = models.CharField(_("to"), max_length=64)
    facts = models.JSONField(_("facts"), default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the log of rights")
        verbose_name_plural = _("log of rights")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("target_kind", "target"), name="audit_target"),)

    def __str__(self) -> str:
        return f"{self.action} {self.target_kind} {self.target}"

    def save(self, *args: Any, **options: Any) -> None:
        """Write a new entry. Raises `Unchangeable` for one that stands in the log."""
        if not self._state.adding:
            raise Unchangeable
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise Unchangeable
