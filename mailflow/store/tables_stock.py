"""The tables of what lies in the warehouses, and of what accepted orders lack."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.columns import ID, Instant, unique_while
from mailflow.store.tables_inventories import metadata as metadata

# The newest count of a warehouse holds; those before are kept.
stock_counts = sa.Table(
    "stock_counts",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    # The regions it serves (Register.warehouse_of); empty: that of all regions no other serves.
    sa.Column("warehouse", sa.Text, nullable=False, index=True),
    # The day it was counted on, as its sheet says; when its mail came.
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("taken", Instant, nullable=False),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), nullable=False),
    sqlite_autoincrement=True,
)

stock_lines = sa.Table(
    "stock_lines",
    metadata,
    sa.Column("count_id", ID, sa.ForeignKey("stock_counts.id"), primary_key=True),
    sa.Column("sku", sa.Text, primary_key=True),
    # All that lies there and may be sent: neither damaged nor past its date.
    sa.Column("tins", sa.BigInteger, nullable=False),
    sa.CheckConstraint("tins >= 0", name="tins"),
)

# What no list tells to send. Where a list takes a part of it, that part is a row of its own.
shortages = sa.Table(
    "shortages",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("order_number", sa.String(40), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    # The line of the order, from 0.
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("tins", sa.BigInteger, nullable=False),
    # The pack by which the order was booked.
    sa.Column("tins_per_case", sa.Integer, nullable=False),
    # When its order came: the oldest is sent first.
    sa.Column("since", Instant, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    # The supplementary list that sends it, where it is listed.
    sa.Column("list_number", sa.String(40), nullable=False, server_default=""),
    # Tins of it that a list was proposed for last, and the number of that list.
    sa.Column("proposed", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("proposal", sa.String(40), nullable=False, server_default=""),
    sa.CheckConstraint("state in ('open', 'listed', 'cancelled')", name="state"),
    sa.CheckConstraint("tins > 0 and proposed >= 0 and proposed <= tins", name="tins"),
    sa.ForeignKeyConstraint(
        ["order_number", "revision"],
        ["orders.number", "orders.revision"],
        name="fk_shortages_order",
    ),
    sa.Index("ix_shortages_order_number_revision", "order_number", "revision"),
    # One line lacks something once.
    unique_while(
        "uq_shortages_open",
        *("order_number", "revision", "position"),
        state="open",
    ),
    sqlite_autoincrement=True,
)
