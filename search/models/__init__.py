"""What the database knows of the finder: what is due in an index, and what was searched."""

from search.models.counts import ClickCount, FoldedBatch, SearchCount
from search.models.index import DocumentRevision, IndexRow

__all__ = ["ClickCount", "DocumentRevision", "FoldedBatch", "IndexRow", "SearchCount"]
