"""Lists of consumers: who is called, and which mails are deleted when their time is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
KINDS = ("consumers", "call-backs")
TEXTS = ("store_code", "store", "distributor", "product", "attachment", "cell")


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "consumer_lists",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("mail_id", number, nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("consumers", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.CheckConstraint(
            "state in ('kept', 'passed', 'deleted')", name=op.f("ck_consumer_lists_state")
        ),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_consumer_lists_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consumer_lists")),
        sa.UniqueConstraint("number", name=op.f("uq_consumer_lists_number")),
        sa.UniqueConstraint("mail_id", name=op.f("uq_consumer_lists_mail_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consumer_lists_state", "consumer_lists", ["state"])
    op.create_table(
        "consumers",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("list_id", number, nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("phone", "name", "baby")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("agent", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["consumer_lists.id"], name=op.f("fk_consumers_list_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consumers")),
        sa.UniqueConstraint("key", name=op.f("uq_consumers_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consumers_list_id_region", "consumers", ["list_id", "region"])
    op.create_index("ix_consumers_agent", "consumers", ["agent"])
    op.create_table(
        "personal_mails",
        sa.Column("mail_id", number, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("deleted", sa.BigInteger()),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_personal_mails_mail_id")),
        sa.PrimaryKeyConstraint("mail_id", name=op.f("pk_personal_mails")),
    )
    op.create_index("ix_personal_mails_deleted_day", "personal_mails", ["deleted", "day"])
    _mark_what_came_before()


def _mark_what_came_before() -> None:
    """Consumers stood in mails already, which a person looked at; they are deleted in time too."""
    connection = op.get_bind()
    mails = sa.table("mails", *(sa.column(n) for n in ("id", "received", "findings")))
    said = sa.cast(mails.c.findings, sa.Text)
    came = sa.or_(*(said.like(f'%"{kind}-received"%') for kind in KINDS))
    personal = sa.table("personal_mails", sa.column("mail_id"), sa.column("day", sa.Date()))
    for row in connection.execute(sa.select(mails.c.id, mails.c.received).where(came)).all():
        day = (BEGIN + timedelta(microseconds=row.received)).date()
        connection.execute(sa.insert(personal).values(mail_id=row.id, day=day))
