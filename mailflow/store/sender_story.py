"""A sender as an operator looks at him: what was settled about his sheets, his last mails."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from mailflow.store.tables import history, mails, settlements

LAST_MAILS = 20
SETTLED = (
    sa.select(settlements)
    .where(settlements.c.sender == sa.bindparam("who"))
    .order_by(settlements.c.id)
)
MAILS = (
    sa.select(mails.c.id, mails.c.received, mails.c.state, mails.c.reason, mails.c.subject)
    .where(mails.c.sender == sa.bindparam("who"))
    .order_by(mails.c.id.desc())
    .limit(LAST_MAILS)
)
HISTORY = sa.select(
    history.c.at,
    history.c.subject_id,
    history.c.before,
    history.c.after,
    history.c.by,
    history.c.reason,
).where(
    history.c.kind == "settlement",
    history.c.subject_id.in_(sa.bindparam("numbers", expanding=True)),
).order_by(history.c.id)  # fmt: skip
LEFT_OUT = ("around_key", "sender", "key")


def of_sender(connection: sa.Connection, address: str) -> dict[str, list[sa.Row[Any]]] | None:
    """None for an address nobody has written from and nothing was settled about."""
    who = {"who": address}
    settled, written = connection.execute(SETTLED, who).all(), connection.execute(MAILS, who).all()
    if not settled and not written:
        return None
    numbers = [str(row.id) for row in settled]
    told = connection.execute(HISTORY, {"numbers": numbers}).all() if numbers else []
    return {"settlements": list(settled), "mails": list(written), "history": list(told)}
