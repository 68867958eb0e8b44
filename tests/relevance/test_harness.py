"""The measure itself, on answers that can be worked out by hand."""

from math import log2

import pytest

from search.documents import SearchDocument
from tests.relevance.harness import JudgedQuery, TaggedDocument, evaluate, load_queries

QUERY = JudgedQuery("Q", "afval", {"afval": 3, "compost": 1}, ("short",))
DOCUMENTS = [
    TaggedDocument(SearchDocument(key, 1, "les", key), frozenset(topics.split()))
    for key, topics in (("a", "afval"), ("b", "afval compost"), ("c", "compost"), ("d", "water"))
]


@pytest.mark.parametrize(
    ("answer", "ndcg", "recall"),
    [
        (["a", "b", "c"], 1.0, 1.0),
        (["d", "a"], (3 / log2(3)) / (3 + 3 / log2(3) + 1 / 2), 1 / 3),
        ([], 0.0, 0.0),
    ],
)
def test_a_document_gains_the_highest_grade_of_its_topics(answer: list[str], ndcg: float, recall: float) -> None:
    report = evaluate(lambda _: answer, DOCUMENTS, [QUERY])
    assert report.ndcg10 == pytest.approx(ndcg)
    assert report.recall10 == pytest.approx(recall)
    assert report.zero_hit == (not answer)


def test_only_the_first_ten_count() -> None:
    late = [f"x{number}" for number in range(10)] + ["a"]
    assert evaluate(lambda _: late, DOCUMENTS, [QUERY]).ndcg10 == 0


def test_questions_with_fewer_than_two_documents_are_left_out_and_counted() -> None:
    report = evaluate(lambda _: ["a"], DOCUMENTS, [QUERY, JudgedQuery("R", "water", {"water": 3}, ())])
    assert (len(report.scores), report.left_out) == (1, 1)


def test_the_shipped_questions() -> None:
    queries = load_queries()
    assert len(queries) == 72
    assert all(query.text and set(query.grades.values()) <= {1, 2, 3} for query in queries)
