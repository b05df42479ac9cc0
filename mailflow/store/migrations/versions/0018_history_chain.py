"""The history becomes a chain: each row bears a link to the one before; old rows get theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailflow.domain.history_chain import BEGINNING, link_of

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

AT_ONCE = 2000
PAGE = sa.text(
    "select id, at, kind, subject_id, before, after, by, reason from history "
    "where id > :after order by id limit :most"
)
LINK = sa.text("update history set link = :link where id = :id")


def upgrade() -> None:
    op.add_column("history", sa.Column("link", sa.String(64), server_default="", nullable=False))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        op.execute("drop trigger history_no_update")
    else:
        op.execute("alter table history disable trigger history_no_change")
    _link_all(op.get_bind())
    if is_sqlite:
        op.execute(
            "create trigger history_no_update before update on history "
            "begin select raise(abort, 'history is append-only'); end"
        )
    else:
        op.execute("alter table history enable trigger history_no_change")


def _link_all(connection: sa.Connection) -> None:
    link, last = BEGINNING, 0
    while rows := connection.execute(PAGE, {"after": last, "most": AT_ONCE}).all():
        links = []
        for number, *words in rows:
            link, last = link_of(link, tuple(words)), number
            links.append({"id": number, "link": link})
        connection.execute(LINK, links)
