"""What this floor adds to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import register_permission_policy

from schools.membership.dashboard import AskedPanel
from schools.membership.viewsets import MembershipPolicy, MembershipViewSet
from schools.models import Board, Membership, ScanStatement, School
from schools.register.viewsets import BoardPolicy, BoardViewSet, SchoolPolicy, SchoolViewSet
from schools.viewsets import AdviserViewSet, StatementPermissionPolicy, StatementViewSet

register_permission_policy(Board, BoardPolicy(Board))
register_permission_policy(School, SchoolPolicy(School))
register_permission_policy(Membership, MembershipPolicy(Membership))
register_permission_policy(ScanStatement, StatementPermissionPolicy(ScanStatement))


@hooks.register("register_admin_viewset")
def register_screens() -> list[ViewSet]:
    return [
        SchoolViewSet("schools_register"),
        BoardViewSet("boards_register"),
        MembershipViewSet("memberships"),
        AdviserViewSet("advisers"),
        StatementViewSet("scan_statements"),
    ]


@hooks.register("construct_homepage_panels")
def people_who_wait(request: HttpRequest, panels: list[Any]) -> None:
    """Who wants to join a school or board, among what needs care."""
    panels.append(AskedPanel())
