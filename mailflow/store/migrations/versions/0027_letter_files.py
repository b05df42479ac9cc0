"""A large file that goes with many letters is kept once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailflow.store.letter_files import cut_kept

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_files",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_letter_files")),
    )
    op.create_table(
        "letter_places",
        sa.Column("letter", sa.String(64), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.sha256"], name=op.f("fk_letter_places_letter")
        ),
        sa.ForeignKeyConstraint(
            ["file"], ["letter_files.sha256"], name=op.f("fk_letter_places_file")
        ),
        sa.PrimaryKeyConstraint("letter", "at", name=op.f("pk_letter_places")),
    )
    op.create_index("ix_letter_places_file", "letter_places", ["file"])
    for _ in cut_kept(op.get_bind()):
        pass
