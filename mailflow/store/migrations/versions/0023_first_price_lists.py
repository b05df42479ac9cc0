"""A mailed table may be the first of its kind: there is no version that it was compared with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("register_proposals") as table:
        table.alter_column("base", existing_type=number, nullable=True)
