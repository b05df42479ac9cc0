"""What lies in the warehouses, and what accepted orders lack; an order may have several lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "stock_counts",
        sa.Column("id", number, nullable=False, autoincrement=True),
        sa.Column("warehouse", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("mail_id", number, nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_stock_counts_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_counts")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stock_counts_warehouse", "stock_counts", ["warehouse"])
    op.create_table(
        "stock_lines",
        sa.Column("count_id", number, nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("tins", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("tins >= 0", name=op.f("ck_stock_lines_tins")),
        sa.ForeignKeyConstraint(
            ["count_id"], ["stock_counts.id"], name=op.f("fk_stock_lines_count_id")
        ),
        sa.PrimaryKeyConstraint("count_id", "sku", name=op.f("pk_stock_lines")),
    )
    _make_shortages(number)
    _let_orders_have_lists(number)


def _make_shortages(number: sa.types.TypeEngine[int]) -> None:
    op.create_table(
        "shortages",
        sa.Column("id", number, nullable=False, autoincrement=True),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("tins", sa.BigInteger(), nullable=False),
        sa.Column("tins_per_case", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("list_number", sa.String(length=40), server_default="", nullable=False),
        sa.Column("proposed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("proposal", sa.String(length=40), server_default="", nullable=False),
        sa.CheckConstraint(
            "state in ('open', 'listed', 'cancelled')", name=op.f("ck_shortages_state")
        ),
        sa.CheckConstraint(
            "tins > 0 and proposed >= 0 and proposed <= tins", name=op.f("ck_shortages_tins")
        ),
        sa.ForeignKeyConstraint(
            ["order_number", "revision"],
            ["orders.number", "orders.revision"],
            name=op.f("fk_shortages_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortages")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_shortages_order_number_revision", "shortages", ["order_number", "revision"])
    op.create_index("ix_shortages_state", "shortages", ["state"])
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_shortages_open",
        "shortages",
        ["order_number", "revision", "position"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _let_orders_have_lists(number: sa.types.TypeEngine[int]) -> None:
    """Until now one revision of an order had one list."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint("uq_dispatch_lists_order_id_revision", "dispatch_lists", type_="unique")
    else:
        _make_dispatch_lists_anew(number)
    op.create_index("ix_dispatch_lists_order_id", "dispatch_lists", ["order_id"])


def _make_dispatch_lists_anew(number: sa.types.TypeEngine[int]) -> None:
    """SQLite drops no constraint. Rows that refer to the lists are looked at again at the commit,
    when the lists are back under their name."""
    op.execute("PRAGMA defer_foreign_keys=ON")
    op.execute("create temporary table kept_lists as select * from dispatch_lists")
    op.drop_table("dispatch_lists")
    op.create_table(
        "dispatch_lists",
        sa.Column("id", number, nullable=False, autoincrement=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("order_id", number, nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_dispatch_lists_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch_lists")),
        sa.UniqueConstraint("number", "revision", name=op.f("uq_dispatch_lists_number_revision")),
        sqlite_autoincrement=True,
    )
    names = "id, number, revision, order_id, issued, created"
    op.execute(f"insert into dispatch_lists ({names}) select {names} from kept_lists")
    op.execute("drop table kept_lists")
