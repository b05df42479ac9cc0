"""What is over by its term is deleted, and its row says when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailflow.store.columns import Instant

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mails", sa.Column("deleted", Instant))
    op.add_column("outbox", sa.Column("deleted", Instant))
