"""Nobody looks for lines by their product alone, and each order wrote to a hundred places of these
two indexes: most of what a mail wrote to the disk."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_order_lines_sku", table_name="order_lines")
    op.drop_index("ix_list_lines_sku", table_name="list_lines")
