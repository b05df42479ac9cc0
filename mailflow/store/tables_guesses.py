"""The table of codes that somebody wrote and that are none of ours: who tries some is not looked at for a time."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.columns import ID, Instant
from mailflow.store.tables_consumers import metadata as metadata

guesses = sa.Table(
    "guesses",
    metadata,
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), primary_key=True),
    # Casefolded; who is proven to have it and who only writes it are two.
    sa.Column("address", sa.String(254), nullable=False),
    sa.Column("proven", sa.Boolean, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_guesses_address", "address", "at"),
)
