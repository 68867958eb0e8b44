"""Fittings of the Wagtail admin."""

from typing import Any

from wagtail import hooks


@hooks.register("construct_main_menu")
def hide_unused(request: Any, menu_items: list[Any]) -> None:
    """Nothing that the portal does not use: help videos and the like would only distract."""
    menu_items[:] = [item for item in menu_items if item.name not in {"help"}]
