"""Codes that are none of ours are counted by who wrote them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailflow.store.columns import Instant

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guesses",
        sa.Column("mail_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("proven", sa.Boolean(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_guesses_mail_id")),
        sa.PrimaryKeyConstraint("mail_id", name=op.f("pk_guesses")),
    )
    op.create_index("ix_guesses_address", "guesses", ["address", "at"])
