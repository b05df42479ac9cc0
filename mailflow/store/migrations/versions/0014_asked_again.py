"""A person can be asked about one revision more than once: whether it goes, and whether it is called
back, each time by a mail of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BEFORE = "uq_questions_order_number_revision_role_address"
UNIQUE = ("order_number", "revision", "role", "address", "mail_id")
NAME = "uq_questions_order_number_revision_role_address_mail_id"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(BEFORE, "questions", type_="unique")
        op.create_unique_constraint(NAME, "questions", UNIQUE)
    else:
        _make_questions_anew()


def _make_questions_anew() -> None:
    """SQLite drops no constraint; nothing refers to a question."""
    number = sa.Integer()
    op.execute("create temporary table kept_questions as select * from questions")
    op.drop_table("questions")
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
        sa.Column("proposal", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_questions_mail_id")),
        sa.ForeignKeyConstraint(
            ["answer_mail_id"], ["mails.id"], name=op.f("fk_questions_answer_mail_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("token", name=op.f("uq_questions_token")),
        sa.UniqueConstraint(*UNIQUE, name=op.f(NAME)),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_questions_state", "questions", ["state"])
    names = (
        "id, token, order_number, revision, role, address, allowed, created, expires, state, mail_id,"
        " answer, answered, answered_by, answer_mail_id, proposal"
    )
    op.execute(f"insert into questions ({names}) select {names} from kept_questions")
    op.execute("drop table kept_questions")
