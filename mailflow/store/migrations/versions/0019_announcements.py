"""Announcements: each version, and who gets it and has confirmed it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "announcements",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("mail_id", number, nullable=False),
        sa.Column("announcer", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("confirm", sa.Boolean(), nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("attached", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state in ('proposed', 'open', 'done', 'closed', 'refused', 'superseded')",
            name=op.f("ck_announcements_state"),
        ),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_announcements_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        sa.UniqueConstraint("number", "revision", name=op.f("uq_announcements_number_revision")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_announcements_state", "announcements", ["state"])
    op.create_table(
        "addressees",
        sa.Column("announcement_id", number, nullable=False),
        sa.Column("key", sa.String(254), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("staff", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("relays", sa.JSON(), nullable=False),
        sa.Column("token", sa.String(40), nullable=True),
        sa.Column("confirmed", sa.BigInteger(), nullable=True),
        sa.Column("confirm_mail_id", number, nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name=op.f("fk_addressees_announcement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["confirm_mail_id"], ["mails.id"], name=op.f("fk_addressees_confirm_mail_id")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "key", name=op.f("pk_addressees")),
        sa.UniqueConstraint("token", name=op.f("uq_addressees_token")),
    )
