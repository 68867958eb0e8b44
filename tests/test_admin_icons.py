"""The admin shows an icon wherever one is named: of viewsets, in menus, of blocks."""

from pathlib import Path
from typing import Any

from wagtail import blocks, hooks
from wagtail.admin.menu import admin_menu, reports_menu, settings_menu
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from tests.screens import our_viewsets


def icons() -> set[str]:
    """The names of all icons that Wagtail knows."""
    files: list[str] = []
    for register in hooks.get_hooks("register_icons"):
        files = register(files)
    return {Path(file).stem for file in files}


def children(block: blocks.Block) -> list[blocks.Block]:
    """A block and all blocks inside it."""
    inside = [*getattr(block, "child_blocks", {}).values(), *filter(None, [getattr(block, "child_block", None)])]
    return [block, *(found for child in inside for found in children(child))]


def items(menu: Any) -> list[Any]:
    """What stands in a menu and in the menus inside it."""
    found = menu.registered_menu_items
    return [*found, *(inside for item in found if hasattr(item, "menu") for inside in items(item.menu))]


def test_every_icon_of_a_screen_or_a_menu_exists() -> None:
    used = {viewset.icon for viewset in our_viewsets()}
    used |= {item.icon_name for menu in (admin_menu, settings_menu, reports_menu) for item in items(menu)}
    assert used - icons() - {""} == set()


def test_every_icon_of_a_block_exists() -> None:
    streams = [field for model in get_page_models() for field in model._meta.get_fields() if isinstance(field, StreamField)]
    used = {block.meta.icon for field in streams for block in children(field.stream_block)}
    assert len(used) > 5
    assert used - icons() == set()
