"""The table of call-back results: what was heard of sample tins, store by store, naming nobody."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.columns import ID, Words, unique_while
from mailflow.store.tables_stock import metadata as metadata

# A row is never changed but in its state: a correction is a row of its own, with the next version.
calls = sa.Table(
    "calls",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), nullable=False, index=True),
    sa.Column("distributor", sa.Text, nullable=False),
    # How the store is compared, and as it is shown.
    sa.Column("store_key", Words(200), nullable=False),
    sa.Column("store", Words(200), nullable=False),
    # Empty where the sheet names no product.
    sa.Column("sku", sa.Text, nullable=False),
    # The first day of the month it counts to.
    sa.Column("month", sa.Date, nullable=False),
    # Tells a consumer from others by a keyed digest; empty where the row sums up a store.
    sa.Column("who", sa.String(32), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("called_on", sa.Date),
    sa.Column("calls", sa.BigInteger, nullable=False),
    sa.Column("reached", sa.BigInteger, nullable=False),
    sa.Column("sent", sa.BigInteger, nullable=False),
    sa.Column("heard", sa.BigInteger, nullable=False),
    sa.Column("used", sa.BigInteger, nullable=False),
    sa.Column("wasted", sa.BigInteger, nullable=False),
    sa.Column("cell", Words(120), nullable=False),
    sa.CheckConstraint("state in ('holds', 'superseded', 'withdrawn')", name="state"),
    sa.CheckConstraint("reached >= 0 and reached <= calls", name="reached"),
    sa.CheckConstraint(
        "used >= 0 and wasted >= 0 and used + wasted <= heard and heard <= sent", name="tins"
    ),
    sa.UniqueConstraint("distributor", "store_key", "sku", "month", "who", "version"),
    unique_while(
        "uq_calls_holds",
        *("distributor", "store_key", "sku", "month", "who"),
        state="holds",
    ),
    sqlite_autoincrement=True,
)
