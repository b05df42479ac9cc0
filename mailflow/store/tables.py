"""The tables. What must not happen is refused here, by keys and checks, not by care elsewhere.

Money is kept in whole cents, instants in UTC, documents as JSON.
"""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.columns import ID, Instant, Words, unique_while
from mailflow.store.columns import metadata as metadata

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

mails = sa.Table(
    "mails",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("sha256", sa.String(64), unique=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("received", Instant, nullable=False),
    sa.Column("arrived", Instant, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("reason", Words(80), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("redone", sa.Integer, nullable=False, server_default="0"),
    sa.Column("settled", Instant),
    sa.Column("holder", sa.Integer, nullable=False, server_default="0"),
    sa.Column("sender", Words(254), nullable=False, server_default=""),
    sa.Column("subject", Words(2000), nullable=False, server_default=""),
    sa.Column("message_id", Words(255), nullable=False, server_default=""),
    sa.Column("kind", sa.String(16), nullable=False, server_default=""),
    sa.Column("marks", sa.JSON, nullable=False),
    sa.Column("findings", sa.JSON, nullable=False),
    # When its registered sender, or an operator, said that it is his: nothing else proved it.
    sa.Column("acknowledged", Instant),
    # When its bytes were deleted by their term (store/retention.py).
    sa.Column("deleted", Instant),
    # By which reader it was read (domain/reader.py); 0 where nobody has noted it.
    sa.Column("reader", sa.Integer, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)

arrivals = sa.Table(
    "arrivals",
    metadata,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("folder", sa.Text, primary_key=True),
    sa.Column("uidvalidity", sa.BigInteger, primary_key=True),
    sa.Column("uid", sa.BigInteger, primary_key=True),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), nullable=False, index=True),
    sa.Column("filed", sa.String(12), nullable=False, server_default="", index=True),
)

withheld = sa.Table(
    "withheld",
    metadata,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("folder", sa.Text, primary_key=True),
    sa.Column("uidvalidity", sa.BigInteger, primary_key=True),
    sa.Column("uid", sa.BigInteger, primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("received", Instant, nullable=False),
    sa.Column("polls", sa.Integer, nullable=False),
    sa.Column("due", Instant, nullable=False),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id")),
)

masters = sa.Table(
    "masters",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(12), nullable=False, index=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("loaded", Instant, nullable=False),
    sa.Column("rows", sa.JSON, nullable=False),
    # `file`, or `mail` where a register that somebody mailed was applied.
    sa.Column("source", sa.String(8), nullable=False, server_default="file"),
    sqlite_autoincrement=True,
)

# A whole table as a mail would have it, until somebody says yes.
register_proposals = sa.Table(
    "register_proposals",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("number", sa.String(40), nullable=False, unique=True),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    # The version that it was compared with; none where there was no such table.
    sa.Column("base", ID, sa.ForeignKey("masters.id")),
    sa.Column("rows", sa.JSON, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.CheckConstraint("state in ('proposed', 'applied', 'refused', 'superseded')", name="state"),
    sqlite_autoincrement=True,
)

orders = sa.Table(
    "orders",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("number", sa.String(40), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("distributor", sa.Text, nullable=False, server_default=""),
    sa.Column("region", sa.Text, nullable=False, server_default=""),
    sa.Column("their_number", Words(80), nullable=False, server_default=""),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("received", Instant, nullable=False),
    sa.Column("month", sa.Date, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("tins", sa.BigInteger, nullable=False),
    sa.Column("amount_cents", sa.BigInteger, nullable=False),
    sa.Column("cash_cents", sa.BigInteger, nullable=False),
    sa.Column("expense_cents", sa.BigInteger, nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("findings", sa.JSON, nullable=False),
    # Higher with each change of any order: what changed since is found without looking at all.
    sa.Column("changed", sa.BigInteger, nullable=False, server_default="0", index=True),
    sa.UniqueConstraint("number", "revision"),
    sa.UniqueConstraint("mail_id", "position", "revision"),
    sa.Index("ix_orders_distributor_received", "distributor", "received"),
    # Facts read from these two alone: beside them lie whole orders as JSON.
    sa.Index("ix_orders_balances", "state", "distributor", "cash_cents", "expense_cents"),
    sa.Index(
        "ix_orders_earlier",
        *("received", "changed", "state", "distributor", "number", "fingerprint", "their_number"),
    ),
    sa.Index("ix_orders_month", "month", "state", "region", "expense_cents"),
    sa.CheckConstraint("tins >= 0", name="tins"),
    sqlite_autoincrement=True,
)

order_lines = sa.Table(
    "order_lines",
    metadata,
    sa.Column("order_id", ID, sa.ForeignKey("orders.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("place", Words(120), nullable=False),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("tins", sa.BigInteger, nullable=False),
    sa.Column("unit_price_cents", sa.BigInteger, nullable=False),
    sa.Column("amount_cents", sa.BigInteger, nullable=False),
    sa.Column("funding", sa.String(8), nullable=False),
    sa.CheckConstraint("funding in ('cash', 'expense', 'sample')", name="funding"),
)

dispatch_lists = sa.Table(
    "dispatch_lists",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("number", sa.String(40), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("order_id", ID, sa.ForeignKey("orders.id"), nullable=False),
    sa.Column("issued", sa.Date, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.UniqueConstraint("number", "revision"),
    # Beside its own list an order has one for each time that what it lacked was sent.
    sa.Index("ix_dispatch_lists_order_id", "order_id"),
    sqlite_autoincrement=True,
)

cases = sa.Table(
    "cases",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("number", sa.String(40), nullable=False, unique=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("waits_on", sa.String(16), nullable=False),
    sa.Column("region", sa.Text, nullable=False),
    sa.Column("reason", Words, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Index("ix_cases_kind_subject_id", "kind", "subject_id"),
    sqlite_autoincrement=True,
)

questions = sa.Table(
    "questions",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("token", sa.String(40), nullable=False, unique=True),
    sa.Column("order_number", sa.String(40), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("allowed", sa.String(80), nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("expires", Instant, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id")),
    sa.Column("answer", sa.String(16), nullable=False, server_default=""),
    sa.Column("answered", Instant),
    sa.Column("answered_by", Words(254), nullable=False, server_default=""),
    sa.Column("answer_mail_id", ID, sa.ForeignKey("mails.id")),
    sa.Column("proposal", sa.JSON(none_as_null=True)),
    sa.UniqueConstraint("order_number", "revision", "role", "address", "mail_id"),
    sqlite_autoincrement=True,
)


settlements = sa.Table(
    "settlements",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("sender", Words(254), nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("said", Words(200), nullable=False),
    sa.Column("key", Words(200), nullable=False),
    sa.Column("means", Words(80), nullable=False),
    sa.Column("around", sa.JSON, nullable=False),
    sa.Column("around_key", sa.String(64), nullable=False),
    sa.Column("reason", Words(500), nullable=False),
    sa.Column("by", Words(80), nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.CheckConstraint("state in ('active', 'revoked')", name="state"),
    # One word of one sender under one header has one meaning at a time.
    unique_while(
        "uq_settlements_active",
        *("sender", "kind", "key", "around_key"),
        state="active",
    ),
    sqlite_autoincrement=True,
)

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("job", sa.String(300), primary_key=True),
    sa.Column("period", sa.String(20), primary_key=True),
    sa.Column("done", Instant, nullable=False),
)

BY_LONGEST = 254

history = sa.Table(
    "history",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("before", sa.String(20), nullable=False),
    sa.Column("after", sa.String(20), nullable=False),
    sa.Column("by", Words(BY_LONGEST), nullable=False),
    sa.Column("reason", Words, nullable=False),
    # What ties it to the row before (domain/history_chain.py).
    sa.Column("link", sa.String(64), nullable=False, server_default=""),
    sa.Index("ix_history_kind_subject_id", "kind", "subject_id"),
    sqlite_autoincrement=True,
)
