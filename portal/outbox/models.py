"""Mail that has to go out, kept until it has gone."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.outbox.enums import SENDABLE_AGAIN, State


class Message(models.Model):
    """One mail for one recipient, as it goes over the line: written in the transaction that causes it, sent by a worker.

    Each try sends the same bytes with the same Message-ID, so that whoever gets it twice can see that it is one.
    """

    wagtail_reference_index_ignore = True

    dedupe_key = models.CharField(_("key"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    # Messages of one stream to one recipient leave in the order in which they were written.
    stream = models.CharField(_("stream"), max_length=120, blank=True)
    recipient = models.CharField(_("recipient"), max_length=320)
    sender = models.CharField(_("sender"), max_length=320)
    subject = models.TextField(_("subject"))
    message_id = models.CharField("Message-ID", max_length=255, db_index=True)
    # Empty when it could not be composed; `error` then says why.
    raw = models.BinaryField()

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    # A worker is busy with it until then; afterwards that worker is taken for dead.
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = (
            models.Index(fields=("not_before",), name="outbox_unsent", condition=Q(state__in=(State.PENDING, State.SENDING))),
            models.Index(fields=("stream", "recipient"), name="outbox_stream", condition=~Q(stream="")),
        )

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

    @property
    def can_be_sent_again(self) -> bool:
        """Not while it is being sent, and not when there is nothing to send."""
        return self.state in SENDABLE_AGAIN and bool(self.raw)
