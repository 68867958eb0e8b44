"""Public pages: found in one query, and answered from memory while nothing has changed.

A rendered document is kept per process with the stamps it was made under; each request compares them. So unpublishing works at
once, in every process, without a time-out deciding what is true. Only documents without a personal byte are kept, and only
visitors without a session get them.
"""

import gzip
import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.models import Page
from wagtail.views import serve_chain

from portal.content.cards import with_image
from portal.content.models.base import BasePage
from portal.content.moves import redirect_moved
from portal.content.snapshot import Snapshot, current
from portal.stamps.models import CONTENT, VOCABULARY, read

MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Route:
    """A page found by its address, with what stands above it. `breadcrumbs` are (title, address) from home down."""

    pk: int
    model: type[Any]
    tree_path: str
    breadcrumbs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered page: its bytes, plain and compressed, and its validator."""

    stamps: tuple[int, int]
    body: bytes
    compressed: bytes
    content_type: str
    etag: str


def find_route(site: Snapshot, path: str) -> Route:
    """The live page at this path. Raises Http404 when there is none."""
    segments = path.strip("/").split("/") if path.strip("/") else []
    if len(segments) > MAX_DEPTH:
        raise Http404
    addresses = [site.root]
    for segment in segments:
        addresses.append(f"{addresses[-1]}{segment}/")
    rows = Page.objects.filter(url_path__in=addresses).values_list("url_path", "pk", "title", "live", "path", "content_type_id")
    found = {row[0]: row for row in rows}
    page = found.get(addresses[-1])
    if page is None or not page[3]:
        raise Http404
    above = tuple((found[address][2], site.address(address)) for address in addresses[:-1] if address in found)
    model = ContentType.objects.get_for_id(page[5]).model_class() or Page
    return Route(page[1], model, page[4], above)


@require_safe
def serve(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Show the page at this path."""
    site = current(request)
    if not site.site_id:
        raise Http404
    try:
        route = find_route(site, path)
    except Http404:
        return redirect_moved(request, site, path)
    request.portal_route = route  # type: ignore[attr-defined]
    if site.is_restricted(route.tree_path):
        return _personal(_serve_guarded(request, _page(route)))
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return _personal(_render(request, route))
    if not getattr(route.model, "kept", True):
        return _render(request, route)
    return _answer(request, _kept_document(request, site, route, path))


def _personal(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "private, no-store"
    return response


def _serve_guarded(request: HttpRequest, page: Any) -> HttpResponseBase:
    """Wagtail's own way, where its guards of restricted pages stand."""
    chain = serve_chain
    for guard in reversed(hooks.get_hooks("on_serve_page")):
        chain = guard(chain)
    response: HttpResponseBase = chain(page, request, (), {})
    return response


def _page(route: Route) -> Any:
    page = with_image(route.model).filter(pk=route.pk).first()
    if page is None:
        raise Http404
    return page


def _render(request: HttpRequest, route: Route) -> HttpResponse:
    response: HttpResponse = _page(route).serve(request)
    if hasattr(response, "render"):
        response = response.render()
    return response


def _kept_document(request: HttpRequest, site: Snapshot, route: Route, path: str) -> Document | HttpResponse:
    values = read()
    stamps = (values.get(CONTENT, 0), values.get(VOCABULARY, 0))
    variant = route.model.variant(request.GET) if issubclass(route.model, BasePage) else ""
    address = f"{site.site_id}:{request.get_host()}:{request.scheme}:{path}?{variant}"
    key = hashlib.sha256(address.encode()).hexdigest()
    document: Document | None = caches["documents"].get(key)
    if document is not None and document.stamps == stamps:
        return document
    response = _render(request, route)
    if response.status_code != 200 or response.cookies or response.streaming:
        return response
    document = Document(
        stamps=stamps,
        body=response.content,
        compressed=gzip.compress(response.content, compresslevel=6, mtime=0),
        content_type=response["Content-Type"],
        # Weak, as it stands for the plain and the compressed bytes alike.
        etag=f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"',
    )
    caches["documents"].set(key, document, timeout=None)
    return document


def _answer(request: HttpRequest, document: Document | HttpResponse) -> HttpResponseBase:
    if isinstance(document, HttpResponse):
        return document
    packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    response = HttpResponse(document.compressed if packed else document.body, content_type=document.content_type)
    if packed:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = document.etag
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ("Accept-Encoding",))
    answer = get_conditional_response(request, etag=document.etag, response=response)
    return answer or response
