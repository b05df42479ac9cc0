"""The tables of distributors' inventory reports; of a distributor and month one holds."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.columns import ID, Instant, Words, unique_while
from mailflow.store.tables_accounts import metadata as metadata

inventories = sa.Table(
    "inventories",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("distributor", sa.Text, nullable=False),
    # The first day of the month it is of.
    sa.Column("month", sa.Date, nullable=False, index=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), nullable=False, index=True),
    sa.Column("sender", Words(254), nullable=False),
    sa.Column("received", Instant, nullable=False),
    sa.CheckConstraint("state in ('valid', 'returned', 'superseded')", name="state"),
    sa.UniqueConstraint("distributor", "month", "revision"),
    unique_while(
        "uq_inventories_valid",
        *("distributor", "month"),
        state="valid",
    ),
    sqlite_autoincrement=True,
)

# In tins; `moved` is what came less what went otherwise than by purchase and sale.
inventory_lines = sa.Table(
    "inventory_lines",
    metadata,
    sa.Column("inventory_id", ID, sa.ForeignKey("inventories.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("opening", sa.BigInteger, nullable=False),
    sa.Column("received", sa.BigInteger, nullable=False),
    sa.Column("sold", sa.BigInteger, nullable=False),
    sa.Column("moved", sa.BigInteger, nullable=False),
    sa.Column("closing", sa.BigInteger, nullable=False),
    sa.Column("batch", Words(80), nullable=False, server_default=""),
    sa.Column("expires", sa.Date),
    sa.CheckConstraint("opening + received - sold + moved = closing", name="balance"),
    sa.CheckConstraint("closing >= 0", name="closing"),
)
