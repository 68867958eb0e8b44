"""What the database knows of the finder: what is due in an index, what was searched, what editors said, what is saved."""

from search.models.counts import ClickCount, FoldedBatch, SearchCount
from search.models.editorial import Promotion, SynonymGroup, WholeWord
from search.models.index import DocumentRevision, IndexRow
from search.models.saved import SavedSearch

__all__ = [
    "ClickCount",
    "DocumentRevision",
    "FoldedBatch",
    "IndexRow",
    "Promotion",
    "SavedSearch",
    "SearchCount",
    "SynonymGroup",
    "WholeWord",
]
