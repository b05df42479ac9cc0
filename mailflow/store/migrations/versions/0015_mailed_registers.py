"""Registers that were mailed: what they would change until somebody says yes, and what came so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column(
        "masters", sa.Column("source", sa.String(8), server_default="file", nullable=False)
    )
    op.create_table(
        "register_proposals",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("mail_id", number, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("base", number, nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.CheckConstraint(
            "state in ('proposed', 'applied', 'refused', 'superseded')",
            name=op.f("ck_register_proposals_state"),
        ),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["mails.id"], name=op.f("fk_register_proposals_mail_id")
        ),
        sa.ForeignKeyConstraint(["base"], ["masters.id"], name=op.f("fk_register_proposals_base")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_proposals")),
        sa.UniqueConstraint("number", name=op.f("uq_register_proposals_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_register_proposals_state", "register_proposals", ["state"])
