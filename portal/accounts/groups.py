"""Groups of people who may do the same; each is made by a migration of the app that needs it. `docs/roles.md` lists them."""

from collections.abc import Iterable
from typing import Any

EDITORS = "Redacteuren"
MODERATORS = "Moderatoren"


def grant(apps: Any, group: str, permissions: Iterable[str]) -> Any:
    """Give a group permissions named `app.action_model`; what is missing is made, what is there already stays. Returns the group.

    `apps` is what a migration gets. A migration runs before Django makes the permissions of new models, so they are made here.
    """
    found, _ = apps.get_model("auth", "Group").objects.get_or_create(name=group)
    found.permissions.add(*(permission(apps, name) for name in permissions))
    return found


def permission(apps: Any, name: str) -> Any:
    """The permission named `app.action_model`, made when it is missing; Django keeps it when it comes to it."""
    app, _, codename = name.partition(".")
    rows = apps.get_model("auth", "Permission").objects
    found = rows.filter(content_type__app_label=app, codename=codename).first()
    if found is None:
        kinds = apps.get_model("contenttypes", "ContentType").objects
        kind, _ = kinds.get_or_create(app_label=app, model=codename.partition("_")[2])
        found = rows.create(content_type=kind, codename=codename, name=f"Can {codename.replace('_', ' ')}")
    return found
