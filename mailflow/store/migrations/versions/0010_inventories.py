"""Distributors' inventory reports are kept; of a distributor and month one holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBERS = ("opening", "received", "sold", "moved", "closing")


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "inventories",
        sa.Column("id", number, nullable=False, autoincrement=True),
        sa.Column("distributor", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("mail_id", number, nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state in ('valid', 'returned', 'superseded')", name=op.f("ck_inventories_state")
        ),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_inventories_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventories")),
        sa.UniqueConstraint(
            *("distributor", "month", "revision"),
            name=op.f("uq_inventories_distributor_month_revision"),
        ),
        sqlite_autoincrement=True,
    )
    for column in ("month", "mail_id"):
        op.create_index(f"ix_inventories_{column}", "inventories", [column])
    valid = sa.text("state = 'valid'")
    op.create_index(
        "uq_inventories_valid",
        "inventories",
        ["distributor", "month"],
        unique=True,
        sqlite_where=valid,
        postgresql_where=valid,
    )
    op.create_table(
        "inventory_lines",
        sa.Column("inventory_id", number, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in NUMBERS),
        sa.Column("batch", sa.Text(), server_default="", nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "opening + received - sold + moved = closing", name=op.f("ck_inventory_lines_balance")
        ),
        sa.CheckConstraint("closing >= 0", name=op.f("ck_inventory_lines_closing")),
        sa.ForeignKeyConstraint(
            ["inventory_id"], ["inventories.id"], name=op.f("fk_inventory_lines_inventory_id")
        ),
        sa.PrimaryKeyConstraint("inventory_id", "position", name=op.f("pk_inventory_lines")),
    )
