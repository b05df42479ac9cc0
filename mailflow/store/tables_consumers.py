"""The tables of consumers: lists stay for ever, who stood on them only as long as they are called."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.columns import ID, Instant, Words
from mailflow.store.tables_requests import metadata as metadata

consumer_lists = sa.Table(
    "consumer_lists",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("number", sa.String(40), nullable=False, unique=True),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), nullable=False, unique=True),
    sa.Column("sender", Words(254), nullable=False),
    sa.Column("received", Instant, nullable=False),
    sa.Column("consumers", sa.Integer, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.CheckConstraint("state in ('kept', 'passed', 'deleted')", name="state"),
    sqlite_autoincrement=True,
)

consumers = sa.Table(
    "consumers",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("list_id", ID, sa.ForeignKey("consumer_lists.id"), nullable=False),
    sa.Column("region", sa.Text, nullable=False),
    # Nobody is called twice: a number is on one list as long as that is kept.
    sa.Column("key", sa.String(40), nullable=False, unique=True),
    sa.Column("phone", Words(40), nullable=False),
    sa.Column("name", Words(200), nullable=False),
    sa.Column("baby", Words(200), nullable=False),
    sa.Column("store_code", Words(80), nullable=False),
    sa.Column("store", Words(200), nullable=False),
    sa.Column("distributor", sa.Text, nullable=False),
    sa.Column("product", Words(200), nullable=False),
    sa.Column("attachment", Words(255), nullable=False),
    sa.Column("cell", Words(120), nullable=False),
    # Whom its list went to in this region; empty while nobody is in charge.
    sa.Column("agent", Words(254), nullable=False, server_default=""),
    sa.Index("ix_consumers_list_id_region", "list_id", "region"),
    sa.Index("ix_consumers_agent", "agent"),
    sqlite_autoincrement=True,
)

# Every mail in which consumers stand, also one that nobody took anything from.
personal_mails = sa.Table(
    "personal_mails",
    metadata,
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("deleted", Instant),
    # When it was asked that it is deleted before its time.
    sa.Column("wanted", Instant),
    sa.Index("ix_personal_mails_deleted_day", "deleted", "day"),
)
