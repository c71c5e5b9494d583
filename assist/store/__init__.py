"""The database, SQLite or PostgreSQL: the stores of packets, conversations, keys, articles and the usage of models."""

from assist.store.articles import SqlArticleStore
from assist.store.conversations import SqlConversationStore
from assist.store.engine import Database
from assist.store.handoffs import SqlHandoffStore
from assist.store.keys import SqlKeyStore
from assist.store.observations import SqlQualityStore
from assist.store.outbox import SqlChangeLog
from assist.store.schema import check_schema, migrate
from assist.store.usage import SqlUsageStore
from assist.store.uses import SqlUses

__all__ = [
    "Database",
    "SqlArticleStore",
    "SqlChangeLog",
    "SqlConversationStore",
    "SqlHandoffStore",
    "SqlKeyStore",
    "SqlQualityStore",
    "SqlUsageStore",
    "SqlUses",
    "check_schema",
    "migrate",
]
