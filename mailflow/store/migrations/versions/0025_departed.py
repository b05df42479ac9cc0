"""When a message left: what the limits of a provider are counted by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("departed", sa.BigInteger(), nullable=True))
    op.create_index("ix_outbox_departed", "outbox", ["departed"])
