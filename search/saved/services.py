"""Asking for mail about a search, confirming it, ending it. No answer tells whether an address was known."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.outbox.services import enqueue
from search.addresses import absolute
from search.enums import SavedState
from search.forms import Request, facet_label
from search.models import SavedSearch

KEEP_UNCONFIRMED = timedelta(days=3)
_LABEL_LENGTH = 300


def subscribe(*, email: str, asked: Request) -> SavedSearch:
    """Keep the search for this address and mail it a link: to confirm, or, when it was confirmed before, to end it.

    `email` must have passed `search.saved.forms.SaveForm`. Asking again changes nothing but the days an unconfirmed search is
    kept; it never makes a second row.
    """
    email = email.lower()
    with transaction.atomic():
        saved, new = SavedSearch.objects.get_or_create(email=email, query=asked.canonical(), defaults={"label": describe(asked)})
        if not new and not saved.confirmed:
            now = timezone.now()
            SavedSearch.objects.filter(pk=saved.pk, state=SavedState.UNCONFIRMED).update(created_at=now, last_seen=now)
        mail(saved, "confirm")
    return saved


def confirm(token: str) -> SavedSearch | None:
    """From now on the address is mailed. Confirming twice changes nothing; None when nothing is kept under this token."""
    waiting = SavedSearch.objects.filter(token=token, state=SavedState.UNCONFIRMED)
    waiting.update(state=SavedState.CONFIRMED, confirmed_at=timezone.now())
    return find(token)


def find(token: str) -> SavedSearch | None:
    """The saved search with this token, confirmed or not."""
    return SavedSearch.objects.filter(token=token).first()


def unsubscribe(token: str) -> None:
    """Forget one saved search at once."""
    SavedSearch.objects.filter(token=token).delete()


def forget_unconfirmed() -> int:
    """Delete what nobody confirmed within KEEP_UNCONFIRMED; returns how many."""
    limit = timezone.now() - KEEP_UNCONFIRMED
    return SavedSearch.objects.filter(state=SavedState.UNCONFIRMED, created_at__lt=limit).delete()[0]


def describe(asked: Request) -> str:
    """A search in the words of visitors: what was typed and the names of the filters, on one line."""
    filters = [facet_label(spec, code) or code for spec, codes in asked.chosen() for code in codes]
    words = [f"“{asked.query.text}”"] if asked.query.text else []
    name = " ".join(", ".join([*words, *filters]).split())
    return name[:_LABEL_LENGTH] or _("everything that is new")


def mail(saved: SavedSearch, subject: str, values: Mapping[str, Any] | None = None, *, dedupe_key: str = "") -> None:
    """Put `search/saved/<subject>.txt` into the outbox for the owner of a saved search; its first line is the subject.

    Every mail can be ended by the button of a mail program (RFC 2369, RFC 8058).
    """
    stop_url = absolute(reverse("search-stop", args=[saved.token]))
    context = {"saved": saved, "site": absolute(""), "stop_url": stop_url, "days": KEEP_UNCONFIRMED.days, **(values or {})}
    title, _rest, text = render_to_string(f"search/saved/{subject}.txt", context).strip().partition("\n")
    enqueue(
        kind=f"search-{subject}",
        recipient=saved.email,
        subject=title.strip(),
        text=text.strip() + "\n",
        dedupe_key=dedupe_key,
        headers={"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
