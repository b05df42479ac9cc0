"""Call-back results: what was heard of sample tins, store by store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SAME = ("distributor", "store_key", "sku", "month", "who")
COUNTS = ("calls", "reached", "sent", "heard", "used", "wasted")


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "calls",
        sa.Column("id", number, nullable=False, autoincrement=True),
        sa.Column("mail_id", number, nullable=False),
        sa.Column("distributor", sa.Text(), nullable=False),
        sa.Column("store_key", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("who", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("called_on", sa.Date(), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in COUNTS),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state in ('holds', 'superseded', 'withdrawn')", name=op.f("ck_calls_state")
        ),
        sa.CheckConstraint("reached >= 0 and reached <= calls", name=op.f("ck_calls_reached")),
        sa.CheckConstraint(
            "used >= 0 and wasted >= 0 and used + wasted <= heard and heard <= sent",
            name=op.f("ck_calls_tins"),
        ),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_calls_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint(
            *SAME,
            "version",
            name=op.f("uq_calls_distributor_store_key_sku_month_who_version"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_calls_mail_id", "calls", ["mail_id"])
    holds = sa.text("state = 'holds'")
    op.create_index(
        "uq_calls_holds",
        "calls",
        [*SAME],
        unique=True,
        sqlite_where=holds,
        postgresql_where=holds,
    )
