"""Shortfalls of sample tins as rows, and which order in the books got fewer for which of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from mailflow.domain.called import NO_CALLS, Called
from mailflow.domain.order import BookedOrder
from mailflow.domain.shortfall import Shortfall, Shortfalls, shortfall_number
from mailflow.store.balances import read_only
from mailflow.store.calls import SqlCalls
from mailflow.store.connection import Pen
from mailflow.store.tables import order_lines, orders
from mailflow.store.tables_samples import sample_shortfalls, sample_takes

KIND = "shortfall"
"""Of their rows in the history."""
OPEN, WAIVED, TAKEN, RELEASED = "open", "waived", "taken", "released"
ONE = sample_shortfalls.c.number == sa.bindparam("of_number")
_taken = (
    sa.select(sample_takes.c.number, sa.func.sum(sample_takes.c.tins).label("taken"))
    .where(
        sample_takes.c.state == TAKEN,
        sample_takes.c.order_number.not_in(sa.bindparam("of_orders", expanding=True)),
    )
    .group_by(sample_takes.c.number)
    .subquery()
)
TAKEN_SO_FAR = sa.func.coalesce(_taken.c.taken, 0)
DUE = sa.case((sample_shortfalls.c.state == OPEN, sample_shortfalls.c.tins), else_=0)
ROWS = sa.select(sample_shortfalls, TAKEN_SO_FAR.label("taken")).join(
    _taken, _taken.c.number == sample_shortfalls.c.number, isouter=True
)
UNSETTLED = ROWS.where(DUE != TAKEN_SO_FAR).order_by(
    sample_shortfalls.c.month, sample_shortfalls.c.number
)
LOAD = ROWS.where(ONE)
ADD = sa.insert(sample_shortfalls)
SET = sa.update(sample_shortfalls).where(ONE)
TAKE = sa.insert(sample_takes)
OF_ORDER = sa.and_(
    sample_takes.c.order_number == sa.bindparam("of_order"),
    sample_takes.c.revision == sa.bindparam("of_revision"),
    sample_takes.c.state == TAKEN,
)
RELEASE = (
    sa.update(sample_takes)
    .where(OF_ORDER)
    .values(state=RELEASED)
    .returning(sample_takes.c.number, sample_takes.c.tins)
)
ORDER = (
    sa.select(orders.c.id)
    .where(
        orders.c.number == sa.bindparam("of_order"),
        orders.c.revision == sa.bindparam("of_revision"),
    )
    .scalar_subquery()
)
LINE = sa.update(order_lines).where(
    order_lines.c.order_id == ORDER, order_lines.c.position == sa.bindparam("of_position")
)
TOTAL = sa.update(orders).where(
    orders.c.number == sa.bindparam("of_order"), orders.c.revision == sa.bindparam("of_revision")
)


class SqlSamples:
    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._connection = pen.connection

    def open_ones(self, without: Collection[str] = ()) -> Shortfalls:
        return open_in(self._connection, without)

    def load(self, number: str) -> Shortfall | None:
        row = self._connection.execute(LOAD, {"of_number": number, "of_orders": []}).first()
        return shortfall_of(row) if row else None

    def keep(self, shortfalls: Sequence[Shortfall], reason: str) -> None:
        for each in shortfalls:
            self._keep(each, reason)

    def _keep(self, each: Shortfall, reason: str) -> None:
        before = self.load(each.number)
        if before is None:
            if each.tins:
                self._connection.execute(ADD, {**_values(each), "changed": self._pen.now})
                self._pen.note(KIND, each.number, ("", OPEN), f"{each.tins} tins: {reason}")
            return
        if (before.heard, before.used, before.standard) == (each.heard, each.used, each.standard):
            return
        told = {"heard": each.heard, "used": each.used, "standard": each.standard}
        change = {**told, "tins": each.tins, "changed": self._pen.now}
        self._connection.execute(SET.values(change), {"of_number": each.number})
        state = WAIVED if before.is_waived else OPEN
        why = f"{before.tins} → {each.tins} tins: {reason}"
        self._pen.note(KIND, each.number, (state, state), why)

    def take(self, order: BookedOrder) -> None:
        of = {"of_order": order.number, "of_revision": order.revision}
        rows = [
            {
                "number": each.number,
                "order_number": order.number,
                "revision": order.revision,
                "position": each.position,
                "tins": each.tins,
                "state": TAKEN,
                "at": self._pen.now,
            }
            for each in order.deductions
        ]
        if rows:
            self._connection.execute(TAKE, rows)
        for each in order.deductions:
            why = f"{order.number} R{order.revision}: {each.tins} tins"
            self._pen.note(KIND, each.number, (OPEN, TAKEN), why)
        # An order that waited was booked with all that it asks for, or with what it got before.
        for position, line in enumerate(order.lines):
            self._connection.execute(LINE.values(tins=line.tins), {**of, "of_position": position})
        self._connection.execute(TOTAL.values(tins=order.tins), of)

    def waive(self, number: str, reason: str) -> None:
        waive(self._pen, number, reason)


def waive(pen: Pen, number: str, reason: str) -> bool:
    """Nothing more is taken off for it; false where that was so, or there is none."""
    still = sample_shortfalls.c.state == OPEN
    done = pen.connection.execute(SET.where(still).values(state=WAIVED), {"of_number": number})
    if done.rowcount:
        pen.note(KIND, number, (OPEN, WAIVED), reason)
    return bool(done.rowcount)


def release_takes(pen: Pen, number: str, revision: int, reason: str) -> None:
    """An order that is in the books no more got nothing less: later ones do."""
    of = {"of_order": number, "of_revision": revision}
    for row in pen.connection.execute(RELEASE, of).all():
        pen.note(KIND, row.number, (TAKEN, RELEASED), f"{number} {row.tins} tins: {reason}")


def open_in(connection: sa.Connection, without: Collection[str] = ()) -> Shortfalls:
    """All that are not settled, by distributor, as if the orders named had taken nothing."""
    found: dict[str, tuple[Shortfall, ...]] = {}
    for row in connection.execute(UNSETTLED, {"of_orders": list(without)}):
        found[row.distributor] = (*found.get(row.distributor, ()), shortfall_of(row))
    return found


def read_shortfalls(url: str) -> Shortfalls:
    """All that are not settled, for who changes nothing. Raises `StoreTrouble`."""
    with read_only(url) as connection:
        return open_in(connection) if connection is not None else {}


def recount(pen: Pen, gone: Iterable[Called], reason: str) -> None:
    """What was told of these stores counts no more: their shortfalls are those of what still holds."""
    groups = {row.group for row in gone}
    held = SqlCalls(pen).held({group[:2] for group in groups})
    samples = SqlSamples(pen)
    for group in sorted(groups):
        distributor, key, sku, month = group
        before = samples.load(shortfall_number(distributor, key, sku, month))
        if before is not None:
            sums = sum((row.sums for row in held if row.group == group), NO_CALLS)
            samples.keep((replace(before, heard=sums.heard, used=sums.used),), reason)


def _values(each: Shortfall) -> dict[str, Any]:
    return {
        "number": each.number,
        "distributor": each.distributor,
        "store_key": each.key,
        "store": each.store,
        "sku": each.sku,
        "month": each.month,
        "heard": each.heard,
        "used": each.used,
        "standard": each.standard,
        "tins": each.tins,
        "state": OPEN,
    }


def shortfall_of(row: Any) -> Shortfall:
    return Shortfall(
        number=row.number,
        distributor=row.distributor,
        key=row.store_key,
        store=row.store,
        sku=row.sku,
        month=row.month,
        heard=int(row.heard),
        used=int(row.used),
        standard=row.standard,
        is_waived=row.state == WAIVED,
        taken=int(row.taken),
    )
