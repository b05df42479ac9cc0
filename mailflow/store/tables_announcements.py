"""Tables of announcements: one row a version, and one for each of those who get it."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.columns import ID, Instant, Words
from mailflow.store.tables_calls import metadata as metadata

STATES = "state in ('proposed', 'open', 'done', 'closed', 'refused', 'superseded')"

announcements = sa.Table(
    "announcements",
    metadata,
    sa.Column("id", ID, primary_key=True, autoincrement=True),
    sa.Column("number", sa.String(40), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("mail_id", ID, sa.ForeignKey("mails.id"), nullable=False),
    sa.Column("announcer", sa.Text, nullable=False),
    sa.Column("title", Words(500), nullable=False),
    sa.Column("text", Words, nullable=False),
    sa.Column("wanted", sa.JSON, nullable=False),
    sa.Column("confirm", sa.Boolean, nullable=False),
    sa.Column("internal", sa.Boolean, nullable=False),
    sa.Column("attached", sa.JSON, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    # When its recipients were last asked to confirm it.
    sa.Column("asked", Instant),
    sa.UniqueConstraint("number", "revision"),
    sa.Index("ix_announcements_state", "state"),
    sa.CheckConstraint(STATES, name="state"),
    sqlite_autoincrement=True,
)

addressees = sa.Table(
    "addressees",
    metadata,
    sa.Column("announcement_id", ID, sa.ForeignKey("announcements.id"), primary_key=True),
    # Casefolded: nobody is a second person by his spelling.
    sa.Column("key", sa.String(254), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("name", Words(200), nullable=False),
    sa.Column("staff", sa.Boolean, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("relays", sa.JSON, nullable=False),
    # None until it is out.
    sa.Column("token", sa.String(40), unique=True),
    sa.Column("confirmed", Instant),
    sa.Column("confirm_mail_id", ID, sa.ForeignKey("mails.id")),
)
