"""The tables of what is to be sent and what was: lines of dispatch lists, shipments against them."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.columns import ID, Instant, Words, unique_while
from mailflow.store.tables_outbox import metadata as metadata

list_lines = sa.Table(
    "list_lines",
    metadata,
    sa.Column("list_id", ID, sa.ForeignKey("dispatch_lists.id"), primary_key=True),
    # As on the paper, from 0: line 1 of the list has position 0.
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("funding", sa.String(8), nullable=False),
    # Tins that the warehouse is to send now by this list.
    sa.Column("tins", sa.BigInteger, nullable=False),
    # Tins that were accepted and are not in stock; nobody sends them by this list.
    sa.Column("short", sa.BigInteger, nullable=False, server_default="0"),
    sa.CheckConstraint("funding in ('cash', 'expense', 'sample')", name="funding"),
    sa.CheckConstraint("tins >= 0 and short >= 0", name="tins"),
)

# One load: goods of one list that left together, as one mail said it.
shipments = sa.Table(
    "shipments",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("list_id", ID, sa.ForeignKey("dispatch_lists.id"), nullable=False, index=True),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), nullable=False, index=True),
    # When it was booked; the day the goods left is `shipped_on`, where it was said.
    sa.Column("at", Instant, nullable=False),
    sa.Column("shipped_on", sa.Date),
    sa.Column("carrier", Words(200), nullable=False, server_default=""),
    sa.Column("waybill", Words(200), nullable=False, server_default="", index=True),
    # `counted`, or `replaced` by one that corrects it and then counts for nothing.
    sa.Column("state", sa.String(12), nullable=False),
    # Of what was said: the same load said again is known by it.
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.CheckConstraint("state in ('counted', 'replaced')", name="state"),
    # Whatever is mailed twice: one load of a list counts once.
    unique_while(
        "uq_shipments_counted",
        *("list_id", "fingerprint"),
        state="counted",
    ),
    sqlite_autoincrement=True,
)

shipped_lines = sa.Table(
    "shipped_lines",
    metadata,
    sa.Column("shipment_id", ID, sa.ForeignKey("shipments.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    # The line of the list that it was sent for; none where it is on no line of it.
    sa.Column("list_position", sa.Integer),
    sa.Column("sku", sa.Text, nullable=False, index=True),
    sa.Column("tins", sa.BigInteger, nullable=False),
    # As the warehouse wrote it; `batch_key` is what it is found by (domain/batch.py).
    sa.Column("batch", Words(80), nullable=False, server_default=""),
    sa.Column("batch_key", Words(80), nullable=False, server_default="", index=True),
    sa.Column("produced", sa.Date),
    sa.Column("expires", sa.Date),
    sa.CheckConstraint("tins >= 0", name="tins"),
)

# That a load was delivered, as logistics told.
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("shipment_id", ID, sa.ForeignKey("shipments.id"), primary_key=True),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    # None where only the fact was told.
    sa.Column("delivered_on", sa.Date),
    sa.Column("signed_by", Words(200), nullable=False, server_default=""),
)
