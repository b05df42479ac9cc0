"""What a rule may know besides the document, as the books say at this moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.facts import EarlierOrder, Facts, Sender
from mailflow.domain.mail import Head, Trust
from mailflow.domain.register import Register
from mailflow.store.balances import balances_of
from mailflow.store.tables import orders

REMEMBERED = timedelta(days=90)
"""How far back an order counts as an earlier one of the same content."""

# Only what a repeat is told by: whole orders are large, and there may be thousands.
EARLIER = (
    sa.select(
        *(orders.c.number, orders.c.distributor, orders.c.fingerprint),
        *(orders.c.their_number, orders.c.received, orders.c.state),
    )
    .where(orders.c.received >= sa.bindparam("since"))
    .order_by(orders.c.received, orders.c.id)
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What facts are made of beside the rows: `trust_from` takes a registered From as proven."""

    zone: ZoneInfo
    trust_from: bool
    register: Callable[[sa.Connection], Register]


def facts_of(connection: sa.Connection, rules: Rules, head: Head, received: datetime) -> Facts:
    register = rules.register(connection)
    return Facts(
        register=register,
        sender=_sender(head, register, rules.trust_from),
        received=received,
        zone=rules.zone,
        balances=balances_of(connection),
        earlier=_earlier(connection, received),
    )


def _sender(head: Head, register: Register, trust_from: bool) -> Sender:
    """A registered From is level A where the configuration says so, else level B."""
    address = head.sender or ""
    people, customers = register.person(address), register.customers_of(address)
    if not address or not (people or customers):
        return Sender(head.sender, Trust.C)
    return Sender(head.sender, Trust.A if trust_from else Trust.B, people, customers)


def _earlier(connection: sa.Connection, received: datetime) -> tuple[EarlierOrder, ...]:
    rows = connection.execute(EARLIER, {"since": received - REMEMBERED})
    return tuple(
        EarlierOrder(number, distributor, fingerprint, their_number, at, state)
        for number, distributor, fingerprint, their_number, at, state in rows
    )
