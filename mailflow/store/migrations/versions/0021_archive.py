"""Contracts and other papers that are mailed in are kept, and found by their words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "archived",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("mail_id", number, nullable=False),
        sa.Column("mail_sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.Column("unfit", sa.String(12), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_archived_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archived")),
        sa.UniqueConstraint("number", name=op.f("uq_archived_number")),
        sa.UniqueConstraint("sha256", name=op.f("uq_archived_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_archived_mail_id"), "archived", ["mail_id"])
    for statement in SEARCHED[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)


SEARCHED = {
    "sqlite": [
        "create virtual table archived_words using fts5(tokens, content='', tokenize='unicode61')"
    ],
    "postgresql": [
        "create index ix_archived_words on archived using gin "
        "(array_to_tsvector(string_to_array(tokens, ' ')))"
    ],
}
