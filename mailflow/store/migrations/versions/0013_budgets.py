"""What a region used of its budget is found without reading whole orders."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_orders_month", "orders", ["month", "state", "region", "expense_cents"])
