"""What can go wrong with knowledge.

```
KnowledgeError
├── ArticleInvalid            a file or body that cannot become an article; says where and why
├── ArticleChanged            the article is not at the version that the caller read
├── EmbedderUnavailable       the embedding model cannot be loaded
└── VectorStoreUnavailable    the vector store cannot be opened or reached
```
"""


class KnowledgeError(Exception):
    """Any error raised here on purpose; `str()` is one sentence fit to show a knowledge manager."""


class ArticleInvalid(KnowledgeError):
    """A file or body that cannot become an article."""


class ArticleChanged(KnowledgeError):
    """The article is not at the version that the caller read."""


class EmbedderUnavailable(KnowledgeError):
    """The embedding model cannot be loaded."""


class VectorStoreUnavailable(KnowledgeError):
    """The vector store cannot be opened or reached."""
