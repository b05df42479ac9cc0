"""A ledger by double entry; every order that was accepted until now is entered in it."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ACCOUNTS = ["owed", "sales", "bank", "owed_before", "unused", "taken", "approved", "unused_before"]


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    _make_entries(number)
    op.create_table(
        "postings",
        sa.Column("entry_id", number, nullable=False),
        sa.Column("account", sa.String(length=20), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_postings_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "account", name=op.f("pk_postings")),
    )
    op.create_table(
        "balances",
        sa.Column("distributor", sa.Text(), nullable=False),
        *(
            sa.Column(account, sa.BigInteger(), server_default="0", nullable=False)
            for account in ACCOUNTS
        ),
        sa.CheckConstraint("owed + sales + bank + owed_before = 0", name=op.f("ck_balances_cash")),
        sa.CheckConstraint(
            "unused + taken + approved + unused_before = 0", name=op.f("ck_balances_expense")
        ),
        sa.PrimaryKeyConstraint("distributor", name=op.f("pk_balances")),
    )
    _enter_orders(op.get_bind())
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)


def _make_entries(number: sa.types.TypeEngine[int]) -> None:
    op.create_table(
        "entries",
        sa.Column("id", number, nullable=False, autoincrement=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("distributor", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.Text(), server_default="", nullable=False),
        sa.Column("mail_id", number, nullable=True),
        sa.Column("attachment", sa.Text(), server_default="", nullable=False),
        sa.Column("cell", sa.Text(), server_default="", nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("reverses", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_entries_mail_id")),
        sa.ForeignKeyConstraint(["reverses"], ["entries.key"], name=op.f("fk_entries_reverses")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("key", name=op.f("uq_entries_key")),
        sa.UniqueConstraint("reverses", name=op.f("uq_entries_reverses")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entries_document", "entries", ["document"])
    op.create_index("ix_entries_distributor_period", "entries", ["distributor", "period"])


def _enter_orders(connection: sa.Connection) -> None:
    """In the order they came; nobody knows any more when each was accepted."""
    chosen = (
        "select number, revision, mail_id, distributor, day, month, received, cash_cents, "
        "expense_cents, content from orders where state in ('accepted', 'shipped') order by id"
    )
    add = sa.text(
        "insert into entries (key, kind, distributor, day, period, at, document, mail_id, "
        "attachment, cell) values (:key, 'order', :distributor, :day, :month, :received, :number, "
        ":mail_id, :attachment, :cell) returning id"
    )
    post = sa.text("insert into postings values (:entry, :account, :cents)")
    sums: dict[str, dict[str, int]] = {}
    for row in connection.exec_driver_sql(chosen).mappings().all():
        key = f"order:{row['number']}/{row['revision']}"
        values = {**row, "key": key, **_place(row["content"])}
        del values["content"]
        entry = connection.execute(add, values).scalar_one()
        cash, expense = int(row["cash_cents"]), int(row["expense_cents"])
        moved = {"owed": cash, "sales": -cash, "unused": -expense, "taken": expense}
        mine = sums.setdefault(row["distributor"], dict.fromkeys(ACCOUNTS, 0))
        for account, amount in moved.items():
            if amount:
                connection.execute(post, {"entry": entry, "account": account, "cents": amount})
            mine[account] += amount
    names = ", ".join(ACCOUNTS)
    blanks = ", ".join(f":{account}" for account in ACCOUNTS)
    keep = sa.text(f"insert into balances (distributor, {names}) values (:distributor, {blanks})")
    for distributor, mine in sums.items():
        if any(mine.values()):
            connection.execute(keep, {"distributor": distributor, **mine})


def _place(content: Any) -> dict[str, str]:
    """Where the order stood in its mail; JSON comes as a text from SQLite."""
    whole = json.loads(content) if isinstance(content, str) else content or {}
    return {"attachment": whole.get("attachment", "")[:255], "cell": whole.get("where", "")[:120]}


APPEND_ONLY = {
    "sqlite": [
        f"create trigger {table}_no_{verb} before {verb} on {table} "
        f"begin select raise(abort, '{table} is append-only'); end"
        for table in ("entries", "postings")
        for verb in ("update", "delete")
    ],
    "postgresql": [
        statement
        for table in ("entries", "postings")
        for statement in (
            f"create function {table}_is_append_only() returns trigger language plpgsql as "
            f"$$ begin raise exception '{table} is append-only'; end $$",
            f"create trigger {table}_no_change before update or delete or truncate on {table} "
            f"for each statement execute function {table}_is_append_only()",
        )
    ],
}
