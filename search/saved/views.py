"""Saving a search and what the links in its mails lead to. No account and no cookie: the token in a link is the key.

A link that is only opened changes nothing, because mail scanners open every link.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.senders import from_this_site, network, within_limit
from search.forms import parse
from search.models.saved import LONGEST_QUERY
from search.saved import services
from search.saved.forms import SaveForm

PER_NETWORK_AND_HOUR = 20
PER_ADDRESS_AND_DAY = 5


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """The form on a page of its own (also shown again with what is wrong), and its sending. The search stands in the address."""
    asked = parse(request.GET)
    form = SaveForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if not from_this_site(request):
            form.add_error(None, _("Send the form from our own page, please."))
        elif len(asked.canonical()) > LONGEST_QUERY:
            form.add_error(None, _("This search is too long to keep. Use fewer words or filters."))
        elif not within_limit("save-search", network(request), times=PER_NETWORK_AND_HOUR, seconds=3600):
            form.add_error(None, _("We got many messages from your network just now. Try again in an hour, or call us."))
        if form.is_valid():
            email = form.cleaned_data["email"]
            # Whoever types the address of somebody else cannot fill that mailbox; the answer does not tell.
            if not form.robot and within_limit("save-search-to", email, times=PER_ADDRESS_AND_DAY, seconds=24 * 3600):
                services.subscribe(email=email, asked=asked)
            return redirect("search-save-sent")
        status = 422
    values = {"form": form, "label": services.describe(asked), "canonical": asked.canonical()}
    return render(request, "search/saved/save.html", values, status=status)


@require_safe
def save_sent(request: HttpRequest) -> HttpResponse:
    """What happens now; the same for every address."""
    return render(request, "search/saved/sent.html", {"days": services.KEEP_UNCONFIRMED.days})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest, token: str) -> HttpResponse:
    """One saved search, with a button to confirm it or to end it; sending the button confirms."""
    if request.method == "POST":
        services.confirm(token)
        return redirect("search-saved", token=token)
    found = services.find(token)
    return render(request, "search/saved/saved.html", {"saved": found}, status=200 if found else 404)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button; sending it ends the mails at once. Mail programs send it by themselves (RFC 8058), so it asks for no
    page of ours before it, and it answers the same when nothing is left to end."""
    if request.method == "POST":
        services.unsubscribe(token)
        return render(request, "search/saved/stopped.html")
    return saved(request, token)
