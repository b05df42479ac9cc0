"""Sample tins that stores used too few of, and the orders that got fewer for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "sample_shortfalls",
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("distributor", sa.Text(), nullable=False),
        sa.Column("store_key", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("heard", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("standard", sa.Integer(), nullable=False),
        sa.Column("tins", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state in ('open', 'waived')", name=op.f("ck_sample_shortfalls_state")),
        sa.CheckConstraint(
            "tins >= 0 and used >= 0 and used <= heard", name=op.f("ck_sample_shortfalls_tins")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_sample_shortfalls")),
        sa.UniqueConstraint(
            *("distributor", "store_key", "sku", "month"),
            name=op.f("uq_sample_shortfalls_distributor_store_key_sku_month"),
        ),
    )
    op.create_index("ix_sample_shortfalls_distributor", "sample_shortfalls", ["distributor"])
    op.create_table(
        "sample_takes",
        sa.Column("id", number, nullable=False, autoincrement=True),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tins", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state in ('taken', 'released')", name=op.f("ck_sample_takes_state")),
        sa.CheckConstraint("tins > 0", name=op.f("ck_sample_takes_tins")),
        sa.ForeignKeyConstraint(
            ["number"], ["sample_shortfalls.number"], name=op.f("fk_sample_takes_number")
        ),
        sa.ForeignKeyConstraint(
            ["order_number", "revision"],
            ["orders.number", "orders.revision"],
            name="fk_sample_takes_order",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_takes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sample_takes_number", "sample_takes", ["number"])
    taken = sa.text("state = 'taken'")
    op.create_index(
        "uq_sample_takes_taken",
        "sample_takes",
        ["number", "order_number", "position"],
        unique=True,
        sqlite_where=taken,
        postgresql_where=taken,
    )
