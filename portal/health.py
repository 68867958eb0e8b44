"""What a monitor asks: does the site answer, and is anything running below strength?

Rooms register checks in `AppConfig.ready()`. A check returns a word about a problem, or an empty string; it must be quick and
may raise anything: that is a problem too.
"""

import logging
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)

Check = Callable[[], str]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check; a second one of the same name takes its place."""
    _checks[name] = check


def database() -> str:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """`{"status": "ok" | "degraded" | "down", "checks": {name: "ok" or the problem}}`; 503 only when the database is away, as the
    site then cannot serve."""
    problems = {name: _ask(name, check) for name, check in {"database": database, **_checks}.items()}
    status = "down" if problems["database"] else "degraded" if any(problems.values()) else "ok"
    body = {"status": status, "checks": {name: problem or "ok" for name, problem in problems.items()}}
    return JsonResponse(body, status=503 if status == "down" else 200)


def _ask(name: str, check: Check) -> str:
    try:
        return check()
    except Exception:
        log.exception("health check %s failed", name)
        return "failed"
