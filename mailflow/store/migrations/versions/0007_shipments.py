"""What a dispatch list tells to send is kept line by line, and what was sent of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    _make_list_lines(number)
    _make_shipments(number)
    op.create_table(
        "shipped_lines",
        sa.Column("shipment_id", number, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("list_position", sa.Integer(), nullable=True),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("tins", sa.BigInteger(), nullable=False),
        sa.Column("batch", sa.Text(), server_default="", nullable=False),
        sa.Column("batch_key", sa.Text(), server_default="", nullable=False),
        sa.Column("produced", sa.Date(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.CheckConstraint("tins >= 0", name=op.f("ck_shipped_lines_tins")),
        sa.ForeignKeyConstraint(
            ["shipment_id"], ["shipments.id"], name=op.f("fk_shipped_lines_shipment_id")
        ),
        sa.PrimaryKeyConstraint("shipment_id", "position", name=op.f("pk_shipped_lines")),
    )
    op.create_index("ix_shipped_lines_sku", "shipped_lines", ["sku"])
    op.create_index("ix_shipped_lines_batch_key", "shipped_lines", ["batch_key"])


def _make_list_lines(number: sa.types.TypeEngine[int]) -> None:
    op.create_table(
        "list_lines",
        sa.Column("list_id", number, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("funding", sa.String(length=8), nullable=False),
        sa.Column("tins", sa.BigInteger(), nullable=False),
        sa.Column("short", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "funding in ('cash', 'expense', 'sample')", name=op.f("ck_list_lines_funding")
        ),
        sa.CheckConstraint("tins >= 0 and short >= 0", name=op.f("ck_list_lines_tins")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["dispatch_lists.id"], name=op.f("fk_list_lines_list_id")
        ),
        sa.PrimaryKeyConstraint("list_id", "position", name=op.f("pk_list_lines")),
    )
    op.create_index("ix_list_lines_sku", "list_lines", ["sku"])
    # Until now a list told to send all of its order.
    op.execute(
        "insert into list_lines (list_id, position, sku, funding, tins, short) "
        "select dispatch_lists.id, order_lines.position, order_lines.sku, order_lines.funding, "
        "order_lines.tins, 0 from dispatch_lists "
        "join order_lines on order_lines.order_id = dispatch_lists.order_id"
    )


def _make_shipments(number: sa.types.TypeEngine[int]) -> None:
    op.create_table(
        "shipments",
        sa.Column("id", number, nullable=False, autoincrement=True),
        sa.Column("list_id", number, nullable=False),
        sa.Column("mail_id", number, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("shipped_on", sa.Date(), nullable=True),
        sa.Column("carrier", sa.Text(), server_default="", nullable=False),
        sa.Column("waybill", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.CheckConstraint("state in ('counted', 'replaced')", name=op.f("ck_shipments_state")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["dispatch_lists.id"], name=op.f("fk_shipments_list_id")
        ),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_shipments_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipments")),
        sqlite_autoincrement=True,
    )
    for column in ("list_id", "mail_id", "waybill"):
        op.create_index(f"ix_shipments_{column}", "shipments", [column])
    counted = sa.text("state = 'counted'")
    op.create_index(
        "uq_shipments_counted",
        "shipments",
        ["list_id", "fingerprint"],
        unique=True,
        sqlite_where=counted,
        postgresql_where=counted,
    )
