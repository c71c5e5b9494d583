"""What Alembic runs: the steps that are due, on the connection that `assist.store.schema` hands over."""

from alembic import context

from assist.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # The tables change in one transaction, in SQLite as well: an interrupted migration leaves them as they were.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
