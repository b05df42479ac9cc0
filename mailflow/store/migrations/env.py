"""Runs migrations on the connection the store gives, inside the transaction it has begun."""

from __future__ import annotations

from alembic import context

from mailflow.store.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
