"""Runs migrations on the connection the store gives."""

from __future__ import annotations

from alembic import context

from mailflow.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True
)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
