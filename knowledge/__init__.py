"""Articles and the vector store: what bots and agents answer from."""

from knowledge.articles import Article, Audience, Chunk, Hit, SearchResult, Status, Unreadable
from knowledge.errors import ArticleInvalid, EmbedderUnavailable, KnowledgeError, VectorStoreUnavailable
from knowledge.indexing import Indexer, IndexReport
from knowledge.library import Library
from knowledge.ports import ArticleLoader, ArticleStore, Embedder, Passage, Vectors, VectorStore, collection_name
from knowledge.search import HybridSearch

__all__ = [
    "Article",
    "ArticleInvalid",
    "ArticleLoader",
    "ArticleStore",
    "Audience",
    "Chunk",
    "Embedder",
    "EmbedderUnavailable",
    "Hit",
    "HybridSearch",
    "IndexReport",
    "Indexer",
    "KnowledgeError",
    "Library",
    "Passage",
    "SearchResult",
    "Status",
    "Unreadable",
    "VectorStore",
    "VectorStoreUnavailable",
    "Vectors",
    "collection_name",
]
