"""What this floor adds to Wagtail's admin."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from schools.viewsets import AdviserViewSet


@hooks.register("register_admin_viewset")
def register_screens() -> list[ViewSet]:
    return [AdviserViewSet("advisers")]
