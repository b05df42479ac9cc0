"""Tables of messages and the bytes of their letters."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.columns import ID, Instant, Words
from mailflow.store.tables import metadata as metadata

letters = sa.Table(
    "letters",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    # Without its large pieces (letter_files.py); the hash is that of the whole letter.
    sa.Column("mime", sa.LargeBinary, nullable=False),
)

letter_files = sa.Table(
    "letter_files",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

letter_places = sa.Table(
    "letter_places",
    metadata,
    sa.Column("letter", sa.String(64), sa.ForeignKey("letters.sha256"), primary_key=True),
    sa.Column("at", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("file", sa.String(64), sa.ForeignKey("letter_files.sha256"), nullable=False),
    sa.Index("ix_letter_places_file", "file"),
)


outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("notice", sa.String(40), nullable=False),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("subject", Words, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("letter", sa.String(64), sa.ForeignKey("letters.sha256"), nullable=False),
    # Of a row from before there were any: empty. A new one has one (store/audiences.py).
    sa.Column("audience", sa.String(10), nullable=False, server_default=""),
    # Codes of distributors, as JSON; empty where it tells of none.
    sa.Column("about", sa.Text, nullable=False, server_default=""),
    # Regions whose consumers stand in it, as JSON; empty where there are none.
    sa.Column("regions", sa.Text, nullable=False, server_default=""),
    sa.Column("goods", sa.Boolean, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("due", Instant, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("resends", sa.Integer, nullable=False),
    sa.Column("last_error", Words(500), nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False, server_default="0"),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), index=True),
    # When it was last taken to be sent; empty once it turned out that it was not sent to its end.
    sa.Column("departed", Instant),
    # When its letter's bytes were deleted by their term.
    sa.Column("deleted", Instant),
    sa.UniqueConstraint("notice", "subject_id", "revision", "recipient"),
    sa.Index("ix_outbox_message_id", "message_id"),
    sa.Index("ix_outbox_state_due", "state", "due"),
    sa.Index("ix_outbox_departed", "departed"),
    sqlite_autoincrement=True,
)


# Of the customer register in force: which distributors have which address.
partner_addresses = sa.Table(
    "partner_addresses",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("address", sa.Text, nullable=False),
)


# Of the staff register in force: who calls consumers, region by region; empty: wherever nobody is named.
consumer_agents = sa.Table(
    "consumer_agents",
    metadata,
    sa.Column("region", sa.Text, primary_key=True),
    sa.Column("address", sa.Text, primary_key=True),
)


stopped_letters = sa.Table(
    "stopped_letters",
    metadata,
    sa.Column("number", sa.String(40), primary_key=True),
    sa.Column("notice", sa.String(40), nullable=False),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("why", sa.String(40), nullable=False),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id")),
)
