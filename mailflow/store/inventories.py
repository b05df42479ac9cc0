"""Distributors' inventory reports as rows: the newest valid one of a distributor and month holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.kept_inventory import (
    SUMMARIES,
    InventoryState,
    KeptInventory,
    StockLine,
    number_of,
)
from mailflow.store.connection import Pen
from mailflow.store.tables import history, jobs
from mailflow.store.tables_inventories import inventories, inventory_lines

KIND = "inventory"
"""Of their rows in the history."""
OF = sa.and_(
    inventories.c.distributor == sa.bindparam("of_distributor"),
    inventories.c.month == sa.bindparam("of_month"),
)
OF_ONE = sa.select(inventories).where(OF).order_by(inventories.c.revision)
FOR_CHANGE = OF_ONE.with_for_update()
LINES = (
    sa.select(inventory_lines)
    .where(inventory_lines.c.inventory_id == sa.bindparam("of_inventory"))
    .order_by(inventory_lines.c.position)
)
ADD = sa.insert(inventories).returning(inventories.c.id)
ADD_LINES = sa.insert(inventory_lines)
SET = sa.update(inventories).where(inventories.c.id == sa.bindparam("of_inventory"))
# Of each distributor and month what counts: the valid one, else the newest.
STANDING = (
    sa.select(inventories.c.distributor, inventories.c.month, inventories.c.state)
    .where(inventories.c.month.in_(sa.bindparam("months", expanding=True)))
    .order_by(inventories.c.revision)
)
HOLDS = sa.and_(
    inventory_lines.c.inventory_id == inventories.c.id,
    inventories.c.state == InventoryState.VALID.value,
    inventories.c.month.between(sa.bindparam("first"), sa.bindparam("last")),
)
EVERY_ROW = sa.select(
    *(inventories.c.distributor, inventory_lines.c.sku, inventories.c.month),
    *(inventory_lines.c[n] for n in ("opening", "received", "sold", "moved", "closing")),
).where(HOLDS)
EXPIRING = sa.select(inventories.c.distributor, *inventory_lines.c).where(
    HOLDS, inventory_lines.c.expires < sa.bindparam("before"), inventory_lines.c.closing > 0
)
ROWS_AT_ONCE = 5_000
LAST_TOLD = sa.select(sa.func.max(jobs.c.done)).where(
    jobs.c.job.in_(SUMMARIES),
    sa.or_(
        jobs.c.period == sa.bindparam("period"),
        jobs.c.period.like(sa.bindparam("days")),
    ),
)
VALID = InventoryState.VALID.value
CHANGED = (
    sa.select(history.c.subject_id, history.c.at)
    .where(
        history.c.kind == KIND,
        history.c.subject_id.like(sa.bindparam("of")),
        history.c.at > sa.bindparam("since"),
        sa.or_(history.c.before == VALID, history.c.after == VALID),
    )
    .order_by(history.c.id)
)


def valid_of(connection: sa.Connection, distributor: str, month: date) -> KeptInventory | None:
    rows = _rows(connection, OF_ONE, distributor, month)
    row = next((r for r in rows if r.state == InventoryState.VALID.value), None)
    if row is None:
        return None
    lines = tuple(map(_line, connection.execute(LINES, {"of_inventory": row.id})))
    return KeptInventory(
        distributor=row.distributor,
        month=row.month,
        state=InventoryState(row.state),
        mail_id=row.mail_id,
        sender=row.sender,
        received=row.received,
        lines=lines,
        revision=row.revision,
    )


def _line(row: Any) -> StockLine:
    numbers = (row.opening, row.received, row.sold, row.moved, row.closing)
    return StockLine(row.sku, *numbers, row.batch, row.expires)


def keep(pen: Pen, report: KeptInventory, reason: str) -> KeptInventory:
    """With its revision. A valid one takes the place of all before it; a returned one changes
    nothing of what holds."""
    before = _rows(pen.connection, FOR_CHANGE, report.distributor, report.month)
    if report.state is InventoryState.VALID:
        for row in before:
            if row.state != InventoryState.SUPERSEDED.value:
                _set(pen, row, InventoryState.SUPERSEDED, f"M{report.mail_id}")
    report = replace(report, revision=max((r.revision for r in before), default=0) + 1)
    values = {
        "distributor": report.distributor,
        "month": report.month,
        "revision": report.revision,
        "state": report.state.value,
        "mail_id": report.mail_id,
        "sender": report.sender,
        "received": report.received,
    }
    kept = pen.connection.execute(ADD, values).scalar_one()
    if lines := [_values(kept, n, line) for n, line in enumerate(report.lines)]:
        pen.connection.execute(ADD_LINES, lines)
    pen.note(KIND, report.number, ("", report.state.value), reason)
    return report


def _values(kept: int, position: int, line: StockLine) -> dict[str, Any]:
    numbers = {n: getattr(line, n) for n in ("opening", "received", "sold", "moved", "closing")}
    said = {"sku": line.sku, "batch": line.batch, "expires": line.expires}
    return {"inventory_id": kept, "position": position, **said, **numbers}


def found_wrong(pen: Pen, distributor: str, month: date, reason: str) -> bool:
    """What held is to be corrected; False where nothing held."""
    rows = _rows(pen.connection, FOR_CHANGE, distributor, month)
    valid = [r for r in rows if r.state == InventoryState.VALID.value]
    for row in valid:
        _set(pen, row, InventoryState.RETURNED, reason)
    return bool(valid)


def withdraw_of_mail(pen: Pen, mail_id: int, reason: str) -> None:
    """The mail is read anew: what it brought counts for nothing until it has been."""
    chosen = sa.select(inventories).where(inventories.c.mail_id == mail_id).with_for_update()
    for row in pen.connection.execute(chosen).all():
        if row.state != InventoryState.SUPERSEDED.value:
            _set(pen, row, InventoryState.SUPERSEDED, reason)


def _set(pen: Pen, row: Any, state: InventoryState, reason: str) -> None:
    pen.connection.execute(SET.values(state=state.value), {"of_inventory": row.id})
    number = number_of(row.distributor, row.month)
    pen.note(KIND, number, (row.state, state.value), reason)


def _rows(
    connection: sa.Connection, statement: sa.Select[Any], distributor: str, month: date
) -> Sequence[sa.Row[Any]]:
    of = {"of_distributor": distributor, "of_month": month}
    return connection.execute(statement, of).all()


def changed_since_told(connection: sa.Connection, month: date) -> dict[str, datetime] | None:
    """Of each distributor when first since the month's last summary another report holds, or none
    does any more; None where no summary was told."""
    period = f"{month:%Y-%m}"
    told = connection.execute(LAST_TOLD, {"period": period, "days": f"{period}@%"}).scalar()
    if told is None:
        return None
    found: dict[str, datetime] = {}
    for subject, at in connection.execute(CHANGED, {"of": f"%/{period}", "since": told}):
        found.setdefault(subject.rpartition("/")[0], at)
    return found


def standing(
    connection: sa.Connection, months: Sequence[date]
) -> dict[tuple[str, date], InventoryState]:
    """How each distributor's report of each month stands; who sent none is not among them."""
    found: dict[tuple[str, date], InventoryState] = {}
    for distributor, month, state in connection.execute(STANDING, {"months": list(months)}):
        key = distributor, month
        if found.get(key) is not InventoryState.VALID:
            found[key] = InventoryState(state)
    return found


def rows_between(
    connection: sa.Connection, first: date, last: date
) -> Iterator[tuple[object, ...]]:
    """Every line of every valid report of these months, as it comes: distributor, product, month and
    its tins."""
    of = {"first": first, "last": last}
    for row in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(EVERY_ROW, of):
        yield tuple(row)


def expiring_of(
    connection: sa.Connection, month: date, before: date
) -> Iterator[tuple[str, StockLine]]:
    """What is left of batches that expire before a day, of the valid reports of a month."""
    for row in connection.execute(EXPIRING, {"first": month, "last": month, "before": before}):
        yield row.distributor, _line(row)
