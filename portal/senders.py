"""Who sends a form that needs no account: from this site, and not too often.

A sender is an account, or an address cut to its network (IPv4 /24, IPv6 /48), so that no full address is kept. The count lives in
the shared cache and forgets itself.
"""

import hashlib
import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - stands for an address that nobody knows


def address(request: HttpRequest) -> str:
    """The address a request came from, 0.0.0.0 when it has none. Behind a proxy of ours the last address it added counts."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    text = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return UNKNOWN


def network(request: HttpRequest) -> str:
    """The network a request came from, or "unknown"."""
    found = ipaddress.ip_address(address(request))
    if str(found) == UNKNOWN:
        return "unknown"
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))


def within_limit(action: str, sender: str, *, times: int, seconds: int) -> bool:
    """Count one more `action` of this sender; False when that is more than `times` in this period of `seconds`."""
    period = int(time.time()) // seconds
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{sender}".encode()).hexdigest()[:24]
    key = f"limit:{action}:{digest}:{period}"
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key)) <= times
    except ValueError:
        # It expired between the two calls: a new period has begun.
        return True


def from_this_site(request: HttpRequest) -> bool:
    """Whether a browser says that a page of this site sent the form. Nobody signs in to send it, so there is no session to ride
    on; this only keeps other sites from sending through their visitors."""
    origin = request.META.get("HTTP_ORIGIN", "")
    # Compared as text: what calls itself an origin need not be an address.
    if origin and origin.partition("://")[2] != request.get_host():
        return False
    return request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") in ("same-origin", "none")
