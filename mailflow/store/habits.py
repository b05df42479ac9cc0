"""What distributors ordered lately, kept from one look to the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailflow.domain.habit import Habit
from mailflow.domain.order import IN_BOOKS
from mailflow.store.tables import order_lines, orders

REMEMBERED = timedelta(days=365)
"""How far back the first look goes."""
MOST_ORDERS = 24
"""Of one distributor; what it did before is no habit any more."""

_ACCEPTED = orders.c.state.in_([state.value for state in IN_BOOKS])
_LINES = (
    sa.select(
        *(orders.c.id, orders.c.changed, orders.c.distributor, orders.c.state),
        *(order_lines.c.sku, sa.func.sum(order_lines.c.tins).label("tins")),
    )
    .select_from(
        orders.outerjoin(order_lines, sa.and_(order_lines.c.order_id == orders.c.id, _ACCEPTED))
    )
    .group_by(orders.c.id, order_lines.c.sku)
)
ALL = _LINES.where(orders.c.received >= sa.bindparam("since"), _ACCEPTED)
CHANGED = _LINES.where(orders.c.changed > sa.bindparam("seen"))
NEWEST = sa.select(sa.func.max(orders.c.changed))


class Habits:
    """Only the orders that changed since the look before are read."""

    def __init__(self) -> None:
        self._seen: int | None = None
        self._orders: dict[str, Mapping[int, Mapping[str, int]]] = {}
        self._habits: dict[str, Habit] = {}

    def copy(self) -> Habits:
        """For a look at what may yet be rolled back; this one remembers nothing of it."""
        other = Habits()
        other._seen = self._seen
        other._orders, other._habits = dict(self._orders), dict(self._habits)
        return other

    def look(self, connection: sa.Connection, received: datetime) -> Mapping[str, Habit]:
        """By the distributor's code."""
        if self._seen is None:
            seen = connection.execute(NEWEST).scalar() or 0
            rows = connection.execute(ALL, {"since": received - REMEMBERED}).all()
        else:
            seen = self._seen
            rows = connection.execute(CHANGED, {"seen": seen}).all()
        found: dict[tuple[str, int], dict[str, int]] = {}
        for order_id, changed, distributor, _, sku, tins in rows:
            seen = max(seen, changed)
            lines = found.setdefault((distributor, order_id), {})
            if sku is not None:
                lines[sku] = int(tins)
        for (distributor, order_id), lines in found.items():
            self._put(distributor, order_id, lines)
        for distributor in {distributor for distributor, _ in found}:
            self._habits[distributor] = Habit(tuple(self._orders[distributor].values()))
        self._seen = seen
        return dict(self._habits)

    def _put(self, distributor: str, order_id: int, lines: Mapping[str, int]) -> None:
        """An order without lines is none that counts: it waits, or was taken back."""
        own = {**self._orders.get(distributor, {}), order_id: lines}
        newest = [number for number in sorted(own) if own[number]][-MOST_ORDERS:]
        self._orders[distributor] = {number: own[number] for number in newest}
