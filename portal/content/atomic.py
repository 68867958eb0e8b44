"""A view of the admin that changes something changes all of it or nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from wagtail.models import Page

from portal.content.models import NotReadyToPublish

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def atomic_when_unsafe(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Run the view in one transaction when its method may write. Reading stays outside: on SQLite a transaction takes the
    write lock at its first statement.

    A page that is not ready to go live is an answer to the editor, whichever button would have published it: nothing is
    changed, and a message says what is missing.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except NotReadyToPublish as error:
            return _explained(request, error)

    return wrapped


def _explained(request: HttpRequest, error: NotReadyToPublish) -> HttpResponse:
    for message in error.messages:
        messages.error(request, f"{error.page_title}: {message}")
    if Page.objects.filter(pk=error.page_id).exists():
        return redirect("wagtailadmin_pages:edit", error.page_id)
    # The page itself was made in the transaction that is undone, as a copy is.
    return redirect(request.get_full_path())
