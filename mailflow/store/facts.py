"""What a rule may know besides the document, as the books say at this moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.facts import EarlierOrder, Facts, Sender, booking_month
from mailflow.domain.mail import Head, Trust, level_of
from mailflow.domain.proof import Belief
from mailflow.domain.register import Register
from mailflow.domain.value import dataclass
from mailflow.store.balances import balances_of
from mailflow.store.budgets import used_in
from mailflow.store.habits import Habits
from mailflow.store.samples import open_in
from mailflow.store.settlements import settled_of
from mailflow.store.stock import Stock
from mailflow.store.tables import orders
from mailflow.store.tables_outbox import outbox

REMEMBERED = timedelta(days=90)
"""How far back an order counts as an earlier one of the same content."""

OUT_OF_TURN = timedelta(days=30)
"""How much older a mail may be than the one before without all orders being read again."""

# Only what a repeat is told by: whole orders are large, and there may be thousands.
COLUMNS = sa.select(
    *(orders.c.id, orders.c.changed, orders.c.number, orders.c.distributor),
    *(orders.c.fingerprint, orders.c.their_number, orders.c.received, orders.c.state),
)
ALL = COLUMNS.where(orders.c.received >= sa.bindparam("since")).order_by(orders.c.id)
OUR_MAKING = ".mailflow@"
SENT = sa.select(outbox.c.id).where(outbox.c.message_id == sa.bindparam("message")).limit(1)
CHANGED = COLUMNS.where(orders.c.changed > sa.bindparam("seen")).order_by(orders.c.changed)


class Earlier:
    """Earlier orders, kept from one look to the next: only those that changed since are read."""

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._seen = 0
        self._kept: dict[int, EarlierOrder] = {}

    def look(self, connection: sa.Connection, received: datetime) -> tuple[EarlierOrder, ...]:
        since = received - REMEMBERED
        if self._since is None or since < self._since:
            self._since, self._kept, self._seen = since - OUT_OF_TURN, {}, 0
        statement = CHANGED if self._seen else ALL
        rows = connection.execute(statement, {"since": self._since, "seen": self._seen}).all()
        for order_id, changed, number, distributor, content, their_number, at, state in rows:
            self._kept[order_id] = EarlierOrder(
                number, distributor, content, their_number, at, state
            )
            self._seen = max(self._seen, changed)
        recent = (order for order in self._kept.values() if order.received >= since)
        return tuple(sorted(recent, key=attrgetter("received")))


@dataclass(frozen=True, slots=True)
class Rules:
    """What facts are made of beside the rows."""

    zone: ZoneInfo
    belief: Belief
    register: Callable[[sa.Connection], Register]
    earlier: Earlier
    habits: Habits
    cut_off: int


def facts_of(connection: sa.Connection, rules: Rules, head: Head, received: datetime) -> Facts:
    register = rules.register(connection)
    month = booking_month(received.astimezone(rules.zone).date(), rules.cut_off)
    return Facts(
        register=register,
        sender=_sender(connection, head, register, (rules.belief, received)),
        received=received,
        zone=rules.zone,
        balances=balances_of(connection),
        earlier=rules.earlier.look(connection, received),
        habits=rules.habits.look(connection, received),
        settlements=settled_of(connection, head.sender),
        stock=Stock(connection, register, rules.zone).free(),
        shortfalls=open_in(connection),
        cut_off=rules.cut_off,
        spent=used_in(connection, month) if register.budgets else {},
    )


def _sender(
    connection: sa.Connection, head: Head, register: Register, proof: tuple[Belief, datetime]
) -> Sender:
    address, is_us = head.sender or "", _is_ours(connection, head.message_id)
    people, customers = register.person(address), register.customers_of(address)
    if not address or not (people or customers):
        return Sender(head.sender, Trust.C, is_us=is_us)
    return Sender(head.sender, level_of(head, *proof), people, customers, is_us)


def _is_ours(connection: sa.Connection, message_id: str) -> bool:
    """Looked for only where a name is of our making: the outbox is long."""
    if OUR_MAKING not in message_id:
        return False
    return connection.execute(SENT, {"message": message_id}).first() is not None
