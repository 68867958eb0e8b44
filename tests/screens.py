"""What the project adds to Wagtail's admin."""

from django.urls import reverse
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.base import ViewSet

from tests.house import FLOORS


def our_viewsets() -> list[ViewSet]:
    """Every viewset of ours, snippets too; they are only known once the addresses of the admin are."""
    reverse("wagtailadmin_home")
    return [viewset for viewset in viewsets.viewsets if type(viewset).__module__.partition(".")[0] in FLOORS]
