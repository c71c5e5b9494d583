"""Articles and the vector store: what bots and agents answer from."""

from knowledge.articles import (
    Article,
    Audience,
    Chunk,
    ExplainedHit,
    Hit,
    SearchResult,
    Status,
    Unreadable,
    Wanted,
    Why,
)
from knowledge.errors import ArticleChanged, ArticleInvalid, EmbedderUnavailable, KnowledgeError, VectorStoreUnavailable
from knowledge.indexes import Indexes
from knowledge.indexing import Indexer, IndexReport
from knowledge.library import Library
from knowledge.loading import LoadPlan
from knowledge.orders import Order, orders
from knowledge.ports import (
    ArticleLoader,
    ArticleStore,
    Embedder,
    Expected,
    Passage,
    Reranker,
    Vectors,
    VectorStore,
    collection_name,
)
from knowledge.search import Habits, HybridSearch, Use

__all__ = [
    "Article",
    "ArticleChanged",
    "ArticleInvalid",
    "ArticleLoader",
    "ArticleStore",
    "Audience",
    "Chunk",
    "Embedder",
    "EmbedderUnavailable",
    "Expected",
    "ExplainedHit",
    "Habits",
    "Hit",
    "HybridSearch",
    "IndexReport",
    "Indexer",
    "Indexes",
    "KnowledgeError",
    "Library",
    "LoadPlan",
    "Order",
    "Passage",
    "Reranker",
    "SearchResult",
    "Status",
    "Unreadable",
    "Use",
    "VectorStore",
    "VectorStoreUnavailable",
    "Vectors",
    "Wanted",
    "Why",
    "collection_name",
    "orders",
]
