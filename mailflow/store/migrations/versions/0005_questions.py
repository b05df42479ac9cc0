"""What is asked by mail is kept, so that an answer by mail can decide."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "questions",
        sa.Column("id", number, nullable=False, autoincrement=True),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("allowed", sa.String(length=80), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("mail_id", number, nullable=True),
        sa.Column("answer", sa.String(length=16), server_default="", nullable=False),
        sa.Column("answered", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("answer_mail_id", number, nullable=True),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_questions_mail_id")),
        sa.ForeignKeyConstraint(
            ["answer_mail_id"], ["mails.id"], name=op.f("fk_questions_answer_mail_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("token", name=op.f("uq_questions_token")),
        sa.UniqueConstraint(
            "order_number",
            "revision",
            "role",
            "address",
            name=op.f("uq_questions_order_number_revision_role_address"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_questions_state", "questions", ["state"])
    op.create_index("ix_outbox_message_id", "outbox", ["message_id"])
