"""Mails say which worker holds them; facts are read from indexes; long texts fit everywhere."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LONGER = {
    "mails": "reason sender message_id",
    "arrivals": "account folder",
    "orders": "distributor region their_number",
    "order_lines": "place sku",
    "cases": "subject_id region",
    "outbox": "subject_id recipient sender message_id",
    "history": "subject_id by",
}
"""Columns whose length PostgreSQL no longer limits; SQLite never did."""


def upgrade() -> None:
    op.add_column("mails", sa.Column("holder", sa.Integer(), server_default="0", nullable=False))
    changed = sa.Column("changed", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("orders", changed)
    op.execute("update orders set changed = id")
    op.create_index("ix_orders_changed", "orders", ["changed"])
    op.drop_index("ix_orders_state", "orders")
    op.create_index(
        "ix_orders_balances", "orders", ["state", "distributor", "cash_cents", "expense_cents"]
    )
    op.create_index(
        "ix_orders_earlier",
        "orders",
        ["received", "changed", "state", "distributor", "number", "fingerprint", "their_number"],
    )
    op.create_index("ix_arrivals_filed", "arrivals", ["filed"])
    op.create_index("ix_cases_kind_subject_id", "cases", ["kind", "subject_id"])
    op.create_index("ix_outbox_mail_id", "outbox", ["mail_id"])
    op.execute(
        "update arrivals set filed = 'left' where filed = '' and mail_id in "
        "(select id from mails where reason in ('before-start', 'too-large'))"
    )
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in LONGER.items():
            for column in columns.split():
                op.alter_column(table, column, type_=sa.Text())
        for table in ("orders", "order_lines"):
            op.alter_column(table, "tins", type_=sa.BigInteger())
