"""What somebody typed while their session had ended: kept until they signed in, then in the form again; only they save it."""

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.senders import network, within_limit

_KEY = "unsent"
SECONDS = 3600
# Far more than the longest of our forms holds.
LONGEST = 50_000
# Keeping takes a row for somebody whom we do not know: no network fills the table.
PER_HOUR = 30


def keep(request: HttpRequest) -> bool:
    """Keep what was sent to this address in the session of the browser; False when that is too much or too often."""
    words = request.POST.copy()
    words.pop("csrfmiddlewaretoken", None)
    text = words.urlencode()
    if len(text) > LONGEST or not within_limit("unsent", network(request), times=PER_HOUR, seconds=3600):
        return False
    request.session[_KEY] = {"path": request.path, "words": text, "at": timezone.now().timestamp()}
    return True


def typed(request: HttpRequest) -> QueryDict | None:
    """What to fill the form at this address with: what is sent now, or else what was kept for it, which is given once."""
    if request.method == "POST":
        return request.POST
    kept = request.session.get(_KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[_KEY]
    if timezone.now().timestamp() - kept["at"] > SECONDS:
        return None
    messages.info(request, _("This is what you typed. Nothing was saved yet: press the button to send it."))
    return QueryDict(kept["words"])


def mark_seen(request: HttpRequest, words: QueryDict | None, mark: str) -> str:
    """The mark of what somebody changes: as it stands now, but as they saw it before they typed what was kept."""
    return mark if words is None or request.method == "POST" else words.get("seen", "")
