"""A page type is either findable or says that it is not."""

import pytest
from django.core.checks import run_checks
from wagtail.models import Page

from lessons.models import LessonPage
from portal.content.models import KnowledgePage, SectionPage
from search import checks, registry
from search.checks import every_page_type_is_findable_or_says_not
from search.registry import PageSource, register_facet, register_page, sources


def test_every_page_type_of_the_project_is() -> None:
    assert every_page_type_is_findable_or_says_not() == []
    assert [message for message in run_checks() if message.id == "search.W001"] == []


def test_a_type_that_is_neither_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    left = {model: source for model, source in sources().items() if model is not KnowledgePage}
    monkeypatch.setattr(checks, "sources", lambda: left)
    (warning,) = every_page_type_is_findable_or_says_not()
    assert (warning.id, warning.obj) == ("search.W001", KnowledgePage)
    monkeypatch.setattr(KnowledgePage, "findable", False)
    assert every_page_type_is_findable_or_says_not() == []


def test_registering_twice_changes_nothing_and_another_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_sources", dict(registry._sources))
    monkeypatch.setattr(registry, "_facets", dict(registry._facets))
    before = sources()
    register_page(before[LessonPage])
    register_facet(registry.facets()["sector"])
    assert sources() == before
    with pytest.raises(ValueError, match="LessonPage"):
        register_page(PageSource(LessonPage, "anders", "Anders", lambda pages, revisions: []))
    with pytest.raises(ValueError, match="'les'"):
        register_page(PageSource(SectionPage, "les", "Les", lambda pages, revisions: []))
    with pytest.raises(ValueError, match="'sector'"):
        register_facet(type(registry.facets()["sector"])("sector", "Iets anders"))


def test_the_plain_page_of_wagtail_is_not_ours_to_find() -> None:
    assert Page not in sources()
