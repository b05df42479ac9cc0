"""Each mail says which reader has read it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mails", sa.Column("reader", sa.Integer(), nullable=False, server_default="0"))
