"""The mails that the demo site "sent". On a public site these addresses do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp, csp_update
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from portal.outbox.models import Message
from portal.outbox.reading import read

ON_A_PAGE = 50
# The HTML of a mail has its styles inline, and a right to nothing else.
FRAMED = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["data:"], "frame-ancestors": ["'self'"]}

View = Callable[..., HttpResponseBase]


def only_in_the_demo(view: View) -> View:
    """A view that is there with the settings of a laptop only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return never_cache(require_safe(view))(request, *args, **kwargs)

    return guarded


@only_in_the_demo
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mails, the newest first."""
    messages = Message.objects.defer("raw").order_by("-created_at", "-pk")
    page = Paginator(messages, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "outbox/mailbox.html", {"mails": page})


@only_in_the_demo
def mail(request: HttpRequest, key: int) -> HttpResponse:
    """One mail as plain text."""
    return _show(request, key, "text")


@only_in_the_demo
@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]
def html(request: HttpRequest, key: int) -> HttpResponse:
    """One mail as HTML, in a frame of its own."""
    return _show(request, key, "html")


@only_in_the_demo
@xframe_options_sameorigin
@csp(FRAMED)  # type: ignore[arg-type]
def markup(request: HttpRequest, key: int) -> HttpResponse:
    """What the frame shows."""
    found = read(get_object_or_404(Message, pk=key)).html
    # Links leave the frame.
    return HttpResponse(found.replace("<head>", '<head><base target="_top">', 1))


@only_in_the_demo
def attachment(request: HttpRequest, key: int, number: int) -> HttpResponse:
    """A file that came with a mail."""
    files = read(get_object_or_404(Message, pk=key)).attachments
    if number >= len(files):
        raise Http404
    file = files[number]
    name = file.name or "bijlage"
    response = HttpResponse(file.content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _show(request: HttpRequest, key: int, form: str) -> HttpResponse:
    message = get_object_or_404(Message, pk=key)
    return render(request, "outbox/mail_shown.html", {"message": message, "mail": read(message), "form": form})
