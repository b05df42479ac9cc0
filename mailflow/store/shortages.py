"""What accepted orders lack, as rows: open, then listed by a supplementary list or cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from mailflow.domain.allocation import Covers, Shortage, ShortGoods
from mailflow.domain.order import BookedOrder, DispatchList, part_of, supply_number
from mailflow.store.asked import supersede
from mailflow.store.connection import Pen
from mailflow.store.tables import dispatch_lists, orders, questions
from mailflow.store.tables_stock import shortages
from mailflow.store.waiting_cases import close_case

OPEN, LISTED, CANCELLED = "open", "listed", "cancelled"
OLDEST_FIRST = (shortages.c.since, shortages.c.order_number, shortages.c.position, shortages.c.id)
EVERY_OPEN: sa.Select[Any] = (
    sa.select(shortages, orders.c.region)
    .join(
        orders,
        sa.and_(
            orders.c.number == shortages.c.order_number, orders.c.revision == shortages.c.revision
        ),
    )
    .where(shortages.c.state == OPEN)
    .order_by(*OLDEST_FIRST)
)
OF_ORDER = sa.and_(
    shortages.c.order_number == sa.bindparam("of_order"),
    shortages.c.revision == sa.bindparam("of_revision"),
    shortages.c.state == OPEN,
)
THOSE: sa.Select[Any] = sa.select(shortages).where(OF_ORDER).order_by(shortages.c.position)
SUMMED = (
    sa.select(
        *(orders.c.region, shortages.c.sku, sa.func.sum(shortages.c.tins).label("tins")),
        sa.func.count(sa.distinct(shortages.c.order_number)).label("orders"),
        sa.func.min(shortages.c.since).label("since"),
    )
    .join(
        orders,
        sa.and_(
            orders.c.number == shortages.c.order_number, orders.c.revision == shortages.c.revision
        ),
    )
    .where(shortages.c.state == OPEN)
    .group_by(orders.c.region, shortages.c.sku)
    .order_by(orders.c.region, shortages.c.sku)
)
SUPPLIED = (
    sa.select(shortages.c.list_number, shortages.c.position, shortages.c.tins)
    .where(
        shortages.c.order_number == sa.bindparam("of_order"),
        shortages.c.revision == sa.bindparam("of_revision"),
        shortages.c.state == LISTED,
    )
    .order_by(shortages.c.id)
)
KEEP = sa.insert(shortages)
CHANGE = sa.update(shortages).where(shortages.c.id == sa.bindparam("of_id"))
CANCEL = (
    sa.update(shortages)
    .where(OF_ORDER)
    .values(state=CANCELLED)
    .returning(shortages.c.sku, shortages.c.tins, shortages.c.proposal)
)


class SqlShortages:
    """What orders lack, in one write transaction."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._connection = pen.connection

    def keep(self, order: BookedOrder, short: Sequence[int]) -> None:
        rows = [
            {
                "order_number": order.number,
                "revision": order.revision,
                "position": position,
                "sku": line.sku,
                "tins": tins,
                "tins_per_case": line.tins_per_case,
                "since": order.received,
                "state": OPEN,
            }
            for position, (line, tins) in enumerate(zip(order.lines, short, strict=True))
            if tins
        ]
        self._connection.execute(KEEP, rows)
        for row in rows:
            self._pen.note("order", order.number, ("", "short"), f"{row['sku']} {row['tins']}")

    def open_ones(self) -> tuple[tuple[Shortage, str], ...]:
        return open_in(self._connection)

    def propose(self, number: str, covers: Covers) -> None:
        for shortage, tins in covers:
            change = {"proposed": tins, "proposal": number}
            self._connection.execute(CHANGE, {"of_id": shortage, **change})

    def supply(self, sheet: DispatchList, covers: Covers) -> None:
        """What is left of one stays open; the part that is sent becomes a row of its own."""
        order = sheet.order
        of = {"of_order": order.number, "of_revision": order.revision}
        rows = {row.id: row for row in self._connection.execute(THOSE, of).all()}
        for number, tins in covers:
            row = rows[number]
            self._list(row, tins, sheet.number)
            said = f"{sheet.number} {row.sku} {tins}"
            self._pen.note("order", order.number, ("short", LISTED), said)

    def _list(self, row: sa.Row[Any], tins: int, number: str) -> None:
        listed = {"state": LISTED, "list_number": number}
        if tins == row.tins:
            self._connection.execute(CHANGE, {"of_id": row.id, **listed})
            return
        nothing = {"proposed": 0, "proposal": ""}
        rest = {"of_id": row.id, "tins": row.tins - tins, **nothing}
        self._connection.execute(CHANGE, rest)
        kept = {c.name: row._mapping[c.name] for c in shortages.c if c.name != "id"}
        self._connection.execute(KEEP, {**kept, "tins": tins, **nothing, **listed})

    def supplied(self, order: BookedOrder) -> Mapping[str, BookedOrder]:
        of = {"of_order": order.number, "of_revision": order.revision}
        found: dict[str, BookedOrder] = {}
        for number, position, tins in self._connection.execute(SUPPLIED, of):
            before = found.get(number, part_of(order, ()))
            [line] = part_of(order, [(position, tins)]).lines
            found[number] = replace(before, lines=(*before.lines, line))
        return found

    def next_supply(self, order: str) -> str:
        """No number is given out twice: those of lists and those that were only asked about."""
        first = supply_number(order, 0)[:-1]
        lists, asked = dispatch_lists.c.number, questions.c.order_number
        used = sa.union(
            sa.select(lists).where(lists.startswith(first, autoescape=True)),
            sa.select(asked).where(asked.startswith(first, autoescape=True)),
        )
        found = self._connection.execute(used).scalars()
        numbers = [int(text.removeprefix(first)) for text in found]
        return supply_number(order, max(numbers, default=0) + 1)


def is_supplied(connection: sa.Connection, order: BookedOrder) -> bool:
    """Whether a supplementary list of this revision was issued."""
    of = {"of_order": order.number, "of_revision": order.revision}
    return connection.execute(SUPPLIED, of).first() is not None


def summed_in(connection: sa.Connection) -> tuple[ShortGoods, ...]:
    """What is open, by region and product."""
    return tuple(
        ShortGoods(row.region, row.sku, int(row.tins), row.orders, row.since)
        for row in connection.execute(SUMMED)
    )


def open_in(connection: sa.Connection) -> tuple[tuple[Shortage, str], ...]:
    """Every open one with the region of its order, the oldest first."""
    return tuple((_shortage(row), row.region) for row in connection.execute(EVERY_OPEN))


def cancel(pen: Pen, number: str, revision: int, reason: str) -> None:
    """An order that is closed lacks nothing any more; what was asked of it nobody may answer."""
    of = {"of_order": number, "of_revision": revision}
    for row in pen.connection.execute(CANCEL, of).all():
        pen.note("order", number, ("short", CANCELLED), f"{row.sku} {row.tins}: {reason}")
        if row.proposal:
            supersede(pen, row.proposal, reason)
            close_case(pen, row.proposal, reason)


def _shortage(row: sa.Row[Any]) -> Shortage:
    return Shortage(
        id=row.id,
        order=row.order_number,
        revision=row.revision,
        position=row.position,
        sku=row.sku,
        tins=row.tins,
        tins_per_case=row.tins_per_case,
        since=row.since,
        proposed=row.proposed,
        proposal=row.proposal,
    )
