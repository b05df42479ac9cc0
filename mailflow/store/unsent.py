"""Dispatch lists that have not left the outbox yet: looked at and kept back under the same lock that
a sender takes them by."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.domain.message import MessageState
from mailflow.store.connection import Pen
from mailflow.store.shelf import DUE
from mailflow.store.tables_outbox import outbox

COPIES = (
    sa.select(outbox.c.id, outbox.c.state)
    .where(
        outbox.c.goods,
        sa.or_(
            outbox.c.subject_id == sa.bindparam("of_list"),
            outbox.c.subject_id.startswith(sa.bindparam("supplies")),
        ),
        outbox.c.revision == sa.bindparam("of_revision"),
    )
    .order_by(outbox.c.id)
    .with_for_update()
)
KEEP_BACK = (
    sa.update(outbox)
    .where(outbox.c.id == sa.bindparam("message"), outbox.c.state.in_(DUE))
    .values(state=MessageState.SUPPRESSED.value)
)


def is_unsent(pen: Pen, number: str, revision: int) -> bool:
    """Whether no copy has left or is about to: until the transaction ends no sender takes one."""
    copies = pen.connection.execute(COPIES, _of(number, revision)).all()
    return bool(copies) and all(row.state in DUE for row in copies)


def withdraw(pen: Pen, number: str, revision: int, reason: str) -> None:
    """Copies that wait stay here; those that have left, or whose sender has them, are as they are."""
    copies = pen.connection.execute(COPIES, _of(number, revision)).all()
    for row in copies:
        if pen.connection.execute(KEEP_BACK, {"message": row.id}).rowcount:
            pen.note("message", row.id, (row.state, MessageState.SUPPRESSED.value), reason)


def _of(number: str, revision: int) -> dict[str, str | int]:
    """An order's own list and its supplementary ones, `FH261109-0042-B1`."""
    return {"of_list": number, "of_revision": revision, "supplies": f"{number}-B"}
