"""What the database knows of the finder: what is due in an index, what was searched, what editors said."""

from search.models.counts import ClickCount, FoldedBatch, SearchCount
from search.models.editorial import Promotion, SynonymGroup, WholeWord
from search.models.index import DocumentRevision, IndexRow

__all__ = ["ClickCount", "DocumentRevision", "FoldedBatch", "IndexRow", "Promotion", "SearchCount", "SynonymGroup", "WholeWord"]
