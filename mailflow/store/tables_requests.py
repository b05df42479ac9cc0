"""The table of requests that go through people: what is searched in columns, the whole as JSON."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.columns import ID, Instant, Words
from mailflow.store.tables_archive import metadata as metadata

requests = sa.Table(
    "requests",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("number", sa.String(40), nullable=False, unique=True),
    sa.Column("kind", sa.String(24), nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("requester", Words(254), nullable=False, index=True),
    # One mail makes one request, whoever reads it once more.
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), nullable=False, unique=True),
    sa.Column("created", Instant, nullable=False),
    sa.Column("due", Instant),
    # The declaration of its kind, the fields, notes and files, as they are now.
    sa.Column("content", sa.JSON, nullable=False),
    sa.CheckConstraint(
        "state in ('asked', 'open', 'done', 'refused', 'withdrawn', 'closed')", name="state"
    ),
    sqlite_autoincrement=True,
)
