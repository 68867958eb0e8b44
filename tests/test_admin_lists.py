"""The lists of the admin: every column has a heading that was written for people."""

from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation
from django.utils.functional import Promise
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, Column
from wagtail.admin.viewsets.base import ViewSet

from portal.vocabulary.viewsets import concept_viewset
from tests.factories import UserFactory
from tests.screens import our_viewsets


def lists() -> list[ViewSet]:
    """Everything of ours that has a list in the admin."""
    return [viewset for viewset in our_viewsets() if hasattr(viewset, "index_view_class")]


def columns(viewset: Any) -> list[BaseColumn]:
    """The columns of a list, as an administrator who reads Dutch has them."""
    view = viewset.index_view.view_class(**viewset.index_view.view_initkwargs)
    request = RequestFactory().get("/")
    request.user = UserFactory(is_superuser=True)
    view.setup(request)
    return [column for column in view.columns if not isinstance(column, BulkActionsCheckboxColumn)]


def is_derived(column: BaseColumn) -> bool:
    """Whether the heading was made from the name of an attribute, for want of words: what was written for people is translated
    when it is shown, and even where both languages write the same it is not a plain string."""
    if isinstance(column.label, Promise):
        return False
    names = {str(name).replace("_", " ").casefold() for name in (column.name, column.accessor)}
    # A method of a field, such as `get_state_display`, is called "method".
    return str(column.label).casefold() in {*names, "method", "--"}


def test_the_lists_are_there(db: None) -> None:
    assert concept_viewset in lists()
    assert len(lists()) > 12


def test_no_heading_is_the_name_of_an_attribute(db: None) -> None:
    with translation.override("nl"):
        found = {
            f"{viewset.name}: {column.name} is called {str(column.label)!r}"
            for viewset in lists()
            for column in columns(viewset)
            if is_derived(column)
        }
    assert found == set()


def test_the_headings_of_the_vocabulary(db: None) -> None:
    with translation.override("nl"):
        headings = [str(column.label) for column in columns(concept_viewset)]
    assert headings == ["Naam", "Code", "Lijst", "Nagekeken", "Vervallen"]


@pytest.mark.parametrize("column", [Column("asked_at"), Column("asked_at", label="Asked at"), Column("x", label="method")])
def test_the_control_finds_them(column: BaseColumn) -> None:
    assert is_derived(column)
