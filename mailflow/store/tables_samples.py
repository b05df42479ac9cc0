"""The tables of sample tins that stores used too few of, and of the orders that got fewer for it."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.columns import ID, Instant, Words, unique_while
from mailflow.store.tables_announcements import metadata as metadata

# One of a store, product and month; what calls told of it later changes it.
sample_shortfalls = sa.Table(
    "sample_shortfalls",
    metadata,
    sa.Column("number", sa.String(80), primary_key=True),
    sa.Column("distributor", sa.Text, nullable=False, index=True),
    sa.Column("store_key", Words(200), nullable=False),
    sa.Column("store", Words(200), nullable=False),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("month", sa.Date, nullable=False),
    sa.Column("heard", sa.BigInteger, nullable=False),
    sa.Column("used", sa.BigInteger, nullable=False),
    # Of a thousand tins, how many have to be used.
    sa.Column("standard", sa.Integer, nullable=False),
    sa.Column("tins", sa.BigInteger, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("changed", Instant, nullable=False),
    sa.CheckConstraint("state in ('open', 'waived')", name="state"),
    sa.CheckConstraint("tins >= 0 and used >= 0 and used <= heard", name="tins"),
    sa.UniqueConstraint("distributor", "store_key", "sku", "month"),
)

# Tins that a line of an order was given less for one of them, while the order is in the books.
sample_takes = sa.Table(
    "sample_takes",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column(
        "number",
        sa.String(80),
        sa.ForeignKey("sample_shortfalls.number"),
        nullable=False,
        index=True,
    ),
    sa.Column("order_number", sa.String(40), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    # The line of the order, from 0.
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("tins", sa.BigInteger, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.CheckConstraint("state in ('taken', 'released')", name="state"),
    sa.CheckConstraint("tins > 0", name="tins"),
    sa.ForeignKeyConstraint(
        ["order_number", "revision"],
        ["orders.number", "orders.revision"],
        name="fk_sample_takes_order",
    ),
    # Whatever is decided twice: one order takes it once.
    unique_while(
        "uq_sample_takes_taken",
        *("number", "order_number", "position"),
        state="taken",
    ),
    sqlite_autoincrement=True,
)
