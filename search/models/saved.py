"""Searches that people asked to be mailed about, without an account."""

import secrets

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.enums import SavedState

# With the address beside it the longest entry still fits an index of PostgreSQL (2,704 bytes).
LONGEST_QUERY = 1500


def new_token() -> str:
    """Who knows it may confirm and end one saved search: 32 characters, 192 bits."""
    return secrets.token_urlsafe(24)


class SavedSearch(models.Model):
    """An address that wants to hear of new results of a search; those published up to `last_seen` are no news any more."""

    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    # Lower case.
    email = models.EmailField(_("e-mail address"))
    # As `search.forms.Request.canonical` gives it.
    query = models.CharField(_("search"), max_length=LONGEST_QUERY, blank=True)
    label = models.CharField(_("name"), max_length=300)
    state = models.CharField(_("state"), max_length=12, choices=SavedState.choices, default=SavedState.UNCONFIRMED)
    created_at = models.DateTimeField(_("asked at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    last_sent_at = models.DateTimeField(_("last mail at"), null=True, blank=True)
    last_seen = models.DateTimeField(_("up to date until"), default=timezone.now)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = (models.UniqueConstraint(fields=("email", "query"), name="search_saved_once"),)
        indexes = (models.Index(fields=("state", "created_at"), name="search_saved_state"),)

    def __str__(self) -> str:
        return self.label

    @property
    def confirmed(self) -> bool:
        """Whether the owner of the address said yes."""
        return self.state == SavedState.CONFIRMED

    @property
    def results_path(self) -> str:
        """Where the results stand, newest first."""
        return f"{reverse('search')}?{self.query}{'&' if self.query else ''}sort=new"
