"""What people may do with a table in Wagtail's admin."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class NarrowPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """What Django's permissions give, of `actions` alone: for everybody, administrators included."""

    actions: frozenset[str] = frozenset()

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and bool(super().user_has_permission(user, action))
