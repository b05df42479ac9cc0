"""What came of kept mails, for whoever reads them again and looks what would come of them now."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from mailflow.domain.order import BookedOrder
from mailflow.domain.reader import READER
from mailflow.domain.value import dataclass
from mailflow.store.ledger import order_from_json
from mailflow.store.mailed import looking
from mailflow.store.tables import mails, orders

OTHERS = (
    sa.select(mails.c.id, mails.c.sha256, mails.c.state, mails.c.kind, mails.c.reader)
    .where(mails.c.settled.is_not(None), mails.c.sha256.is_not(None), mails.c.deleted.is_(None))
    .where(mails.c.kind != "")
    .order_by(mails.c.id)
)
OF_MAIL = (
    sa.select(orders.c.content)
    .where(orders.c.mail_id == sa.bindparam("of"))
    .order_by(orders.c.position, orders.c.revision.desc())
)


@dataclass(frozen=True, slots=True)
class KeptReading:
    """A mail that was read, by which reader, and what kind of mail it was taken for."""

    id: int
    sha256: str
    state: str
    kind: str
    reader: int


def kept_readings(url: str, numbers: Collection[int] = ()) -> Sequence[KeptReading]:
    """These mails; without numbers, all that another reader has read. Raises `StoreTrouble`."""
    chosen = OTHERS.where(mails.c.id.in_(numbers) if numbers else mails.c.reader != READER)
    with looking(url) as connection:
        return [KeptReading(*row) for row in connection.execute(chosen)] if connection else []


def orders_read(url: str, mail_id: int) -> Sequence[BookedOrder]:
    """Of each order that came of a mail the newest revision that did."""
    with looking(url) as connection:
        found = connection.execute(OF_MAIL, {"of": mail_id}).scalars().all() if connection else []
    newest: dict[int, BookedOrder] = {}
    for order in map(order_from_json, found):
        newest.setdefault(order.position, order)
    return list(newest.values())
