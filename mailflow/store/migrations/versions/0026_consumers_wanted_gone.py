"""Lists of consumers are deleted before their time where somebody asks for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("personal_mails", sa.Column("wanted", sa.BigInteger()))
