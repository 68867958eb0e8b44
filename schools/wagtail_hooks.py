"""What this floor adds to Wagtail's admin."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import register_permission_policy

from schools.membership.viewsets import MembershipPolicy, MembershipViewSet
from schools.models import Membership, ScanStatement
from schools.viewsets import AdviserViewSet, StatementPermissionPolicy, StatementViewSet

register_permission_policy(Membership, MembershipPolicy(Membership))
register_permission_policy(ScanStatement, StatementPermissionPolicy(ScanStatement))


@hooks.register("register_admin_viewset")
def register_screens() -> list[ViewSet]:
    return [AdviserViewSet("advisers"), StatementViewSet("scan_statements"), MembershipViewSet("memberships")]
