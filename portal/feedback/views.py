"""Where the forms below a page go. They need no account and no cookie; a foreign site cannot send them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from portal.content.snapshot import current, visible
from portal.feedback.enums import Kind
from portal.feedback.forms import FeedbackForm
from portal.feedback.services import record
from portal.senders import from_this_site, network, within_limit

PER_HOUR = 20


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, kind: str, page_id: int) -> HttpResponse:
    """The form on a page of its own (also shown again with what is wrong), and its sending."""
    page = _page(page_id)
    if kind not in Kind.values:
        raise Http404
    form = FeedbackForm(request.POST if request.method == "POST" else None, kind=Kind(kind))
    status = 200
    if request.method == "POST":
        if not from_this_site(request):
            form.add_error(None, _("Send the form from our own page, please."))
        elif not within_limit("feedback", network(request), times=PER_HOUR, seconds=3600):
            form.add_error(None, _("We got many messages from your network just now. Try again in an hour, or call us."))
        if form.is_valid():
            if not form.robot:
                record(page=page, kind=Kind(kind), remark=form.cleaned_data["remark"])
            return redirect("feedback-thanks", kind=kind, page_id=page.pk)
        status = 422
    response = render(request, "feedback/form_page.html", {**_about(request, page), "form": form, "kind": kind}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def thanks(request: HttpRequest, kind: str, page_id: int) -> HttpResponse:
    """What happens now."""
    if kind not in Kind.values:
        raise Http404
    return render(request, "feedback/thanks.html", {**_about(request, _page(page_id)), "kind": kind})


def _page(page_id: int) -> Page:
    page = visible(Page.objects.filter(pk=page_id)).first() if page_id < 2**63 else None
    if page is None:
        raise Http404
    return page


def _about(request: HttpRequest, page: Page) -> dict[str, str]:
    return {"title": page.title, "address": current(request).address(page.url_path)}
