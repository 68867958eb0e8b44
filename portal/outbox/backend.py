"""Django's mail by way of the outbox: what Wagtail's workflow and the accounts send becomes rows in the caller's transaction."""

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from portal.outbox.composing import UnsendableMail, compose
from portal.outbox.services import keep_unsendable, post

KIND = "mail"
log = logging.getLogger(__name__)


class EmailBackend(BaseEmailBackend):
    """`EMAIL_BACKEND`. A mail that can never be sent does not fail the request that wrote it: it is kept as given up.

    A line break in a header still raises BadHeaderError, as callers of Django's mail expect.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each mail into the outbox; returns how many can be sent."""
        count = 0
        for mail in email_messages:
            if not mail.recipients():
                continue
            try:
                post(compose(mail), kind=KIND)
            except UnsendableMail as error:
                # As ASCII: an address may hold what no log can write.
                log.error("A mail to %a cannot be sent: %a", ", ".join(mail.recipients()), str(error))
                keep_unsendable(mail.recipients(), str(mail.subject), error, kind=KIND)
            else:
                count += 1
        return count
