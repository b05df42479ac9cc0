"""A mail that nothing proves may be acknowledged by its registered sender."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailflow.store.columns import Instant

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mails", sa.Column("acknowledged", Instant))
