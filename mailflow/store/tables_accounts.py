"""The tables of the ledger: entries and their postings, which nobody changes, and what they sum to."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.domain.ledger import Account
from mailflow.store.columns import ID, Instant, Words
from mailflow.store.tables_shipping import metadata as metadata

entries = sa.Table(
    "entries",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    # What makes a source entered once: `order:DD261109-0042/1`.
    sa.Column("key", sa.String(120), nullable=False, unique=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("distributor", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("period", sa.Date, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("document", Words(80), nullable=False, server_default="", index=True),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id")),
    sa.Column("attachment", Words(255), nullable=False, server_default=""),
    sa.Column("cell", Words(120), nullable=False, server_default=""),
    sa.Column("remark", Words(500), nullable=False, server_default=""),
    # The key of the entry that this one takes back; each can be taken back once.
    sa.Column("reverses", sa.String(120), sa.ForeignKey("entries.key"), unique=True),
    sa.Index("ix_entries_distributor_period", "distributor", "period"),
    sqlite_autoincrement=True,
)

postings = sa.Table(
    "postings",
    metadata,
    sa.Column("entry_id", ID, sa.ForeignKey("entries.id"), primary_key=True),
    sa.Column("account", sa.String(20), primary_key=True),
    sa.Column("cents", sa.BigInteger, nullable=False),
)

# The sum of all postings of a distributor, by account: kept with every entry, so that nobody has to
# sum them up. In each of the two books the accounts of a row sum to zero.
balances = sa.Table(
    "balances",
    metadata,
    sa.Column("distributor", sa.Text, primary_key=True),
    *(
        sa.Column(account.value, sa.BigInteger, nullable=False, server_default="0")
        for account in Account
    ),
    sa.CheckConstraint("owed + sales + bank + owed_before = 0", name="cash"),
    sa.CheckConstraint("unused + taken + approved + unused_before = 0", name="expense"),
)
