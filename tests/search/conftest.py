"""A small site that stands in the index."""

import pytest

from lessons.models import LessonPage
from portal.content.models import KnowledgePage
from search.indexing import drain
from tests.search.index import SINK, agrees, keys


@pytest.fixture
def indexed(article: KnowledgePage, lesson: LessonPage) -> None:
    """An article and a lesson, and an index that agrees."""
    drain(SINK)
    assert agrees()
    assert keys() == {article.pk, lesson.pk}
