"""The table of papers that are kept; how their words are found is each database's own way."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.columns import ID, Instant, Words
from mailflow.store.tables_samples import metadata as metadata

archived = sa.Table(
    "archived",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("number", sa.String(40), nullable=False, unique=True),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), nullable=False, index=True),
    sa.Column("mail_sha256", sa.String(64), nullable=False),
    sa.Column("name", Words(255), nullable=False),
    sa.Column("path", sa.String(40), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False, unique=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("title", Words(500), nullable=False),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("text", Words, nullable=False),
    sa.Column("tokens", sa.Text, nullable=False),
    sa.Column("unfit", sa.String(12), nullable=False),
    sqlite_autoincrement=True,
)

SEARCHED = {
    "sqlite": [
        "create virtual table archived_words using fts5(tokens, content='', tokenize='unicode61')"
    ],
    "postgresql": [
        "create index ix_archived_words on archived using gin "
        "(array_to_tsvector(string_to_array(tokens, ' ')))"
    ],
}
"""By dialect: FTS5 beside the table, a GIN index of lexemes on it. Both are given the same tokens
(`domain/archived.py`): neither knows where a Chinese word ends."""
