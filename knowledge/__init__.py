"""Articles and the vector store: what bots and agents answer from."""

from knowledge.articles import Article, Audience, Chunk, Hit, SearchResult, Status, Unreadable
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
    "collection_name",
    "orders",
]
