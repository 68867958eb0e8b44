"""What the outbox adds to Wagtail's admin."""

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import register_permission_policy

from portal.outbox.models import Message
from portal.outbox.viewsets import OutboxPermissionPolicy, outbox_viewset

register_permission_policy(Message, OutboxPermissionPolicy(Message))


@hooks.register("register_admin_viewset")
def register_outbox() -> ViewSet:
    return outbox_viewset


@hooks.register("register_reports_menu_item")
def report_of_mail() -> MenuItem:
    """Among the reports, for whoever may see it."""
    return outbox_viewset.get_menu_item()
