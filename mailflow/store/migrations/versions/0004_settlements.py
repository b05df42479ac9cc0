"""What a person settled about a sender's sheets is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settlements",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("around", sa.JSON(), nullable=False),
        sa.Column("around_key", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.CheckConstraint("state in ('active', 'revoked')", name=op.f("ck_settlements_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlements")),
        sqlite_autoincrement=True,
    )
    active = sa.text("state = 'active'")
    op.create_index(
        "uq_settlements_active",
        "settlements",
        ["sender", "kind", "key", "around_key"],
        unique=True,
        sqlite_where=active,
        postgresql_where=active,
    )
