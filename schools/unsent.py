"""What somebody typed while their session had ended: kept for a while, and given to the form again after the sign-in.

It is kept for a browser, as nobody knows yet whose it is; only who may open the form sees it, and only they save it.
"""

import secrets

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from portal.senders import network, within_limit

_KEY = "unsent"
# Long enough to sign in with a new password; short, as it may be a computer of many.
SECONDS = 1800
# In characters; far more than the longest of our forms holds.
LONGEST = 50_000
# Keeping takes room for somebody whom we do not know: no network fills it.
PER_HOUR = 30


def keep(request: HttpRequest) -> bool:
    """Keep what was sent to this address, for this browser; False when that is too much or too often."""
    words = request.POST.copy()
    words.pop("csrfmiddlewaretoken", None)
    text = words.urlencode()
    if len(text) > LONGEST or not within_limit("unsent", network(request), times=PER_HOUR, seconds=3600):
        return False
    key = request.session[_KEY] = secrets.token_urlsafe()
    cache.set(f"unsent:{key}", (request.path, text), timeout=SECONDS)
    return True


def typed(request: HttpRequest) -> QueryDict | None:
    """What to fill the form at this address with: what is sent now, or else what was kept for it, which is given once."""
    if request.method == "POST":
        return request.POST
    key = request.session.get(_KEY)
    path, text = (key and cache.get(f"unsent:{key}")) or ("", "")
    if path != request.path:
        return None
    cache.delete(f"unsent:{key}")
    del request.session[_KEY]
    messages.info(request, _("This is what you typed. Nothing was saved yet: press the button to send it."))
    return QueryDict(text)


def mark_seen(request: HttpRequest, words: QueryDict | None, mark: str) -> str:
    """The mark of what somebody changes: as it stands now, but as they saw it before they typed what was kept."""
    return mark if words is None or request.method == "POST" else words.get("seen", "")
