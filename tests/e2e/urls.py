"""The portal's addresses and one more: `/kapot/`, which always fails."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import urls

handler400 = urls.handler400


def broken(request: HttpRequest) -> HttpResponse:
    """Fails as a fault in our own code would."""
    raise RuntimeError("asked for by a test")


urlpatterns = [path("kapot/", broken), *urls.urlpatterns]
