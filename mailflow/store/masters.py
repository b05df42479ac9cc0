"""Master data by version: the newest of each kind is the register, older ones tell old prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.master import (
    NEEDED,
    MasterKind,
    Row,
    budgets_of,
    customers_of,
    papers_of,
    prices_of,
    products_of,
    staff_of,
)
from mailflow.domain.prices import with_listed
from mailflow.domain.register import PricePeriod, Product, Register
from mailflow.store.accounts import enter_openings
from mailflow.store.connection import Database, Lock, Pen, get_meta, set_meta
from mailflow.store.mailed import FILE, newest_of, versions_in
from mailflow.store.tables import masters

LOAD = sa.insert(masters).returning(masters.c.id)
LATEST = sa.select(sa.func.max(masters.c.id))
VERSIONS = sa.select(masters.c.kind, sa.func.max(masters.c.id)).group_by(masters.c.kind)


class SqlMasters:
    """Keeps the register in memory until a version is added, also by another process."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database = database
        self._zone = zone
        self._register = Register()
        self._latest = -1

    def load(
        self,
        kind: str,
        sha256: str,
        rows: Iterable[Row],
        now: datetime,
        *,
        again: bool = False,
    ) -> bool:
        """A file that was loaded before is nothing new, also where a mail has changed the register
        since: that would be undone. `again`: a person wants it all the same."""
        with self._database.writing(now, Lock.BOOKS) as pen:
            newest = newest_of(pen.connection, kind)
            file = newest if again else newest_of(pen.connection, kind, FILE)
            if newest is not None and file is not None and file[1] == sha256:
                if file == newest:
                    _enter_openings(pen, kind, rows, newest[0])
                return False
            load_in(pen, kind, sha256, [dict(row) for row in rows], source=FILE)
        return True

    def rows(self, kind: str) -> list[Row]:
        newest = sa.select(masters.c.rows).where(masters.c.kind == kind)
        with self._database.reading() as connection:
            found = connection.execute(newest.order_by(masters.c.id.desc()).limit(1)).scalar()
        return list(found or ())

    def register(self) -> Register:
        with self._database.reading() as connection:
            return self.register_in(connection)

    def register_in(self, connection: sa.Connection) -> Register:
        """As the transaction of this connection sees it."""
        latest = connection.execute(LATEST).scalar() or 0
        if latest != self._latest:
            self._register = self._read(connection)
            self._latest = latest
        return self._register

    def _read(self, connection: sa.Connection) -> Register:
        return register_in_force(connection, self._zone, _version(connection))


def register_in_force(connection: sa.Connection, zone: ZoneInfo, version: str) -> Register:
    """The register as it was at a version (`3.5.6`), each product with the prices it had until then."""
    upto = {kind.value: number for kind, number in versions_in(version)}
    latest: dict[str, list[Mapping[str, str]]] = {}
    history: list[tuple[datetime, tuple[Product, ...]]] = []
    for row in connection.execute(sa.select(masters).order_by(masters.c.id)):
        if row.id > upto.get(row.kind, 0):
            continue
        latest[row.kind] = row.rows
        if row.kind == MasterKind.PRODUCTS.value:
            history.append((row.loaded, products_of(row.rows)))
    return Register(
        products=with_listed(
            _with_prices(history, zone), prices_of(latest.get(MasterKind.PRICES, ()))
        ),
        customers=customers_of(latest.get(MasterKind.CUSTOMERS.value, ())),
        staff=staff_of(latest.get(MasterKind.STAFF.value, ())),
        version=version,
        budgets=budgets_of(latest.get(MasterKind.BUDGETS, ())),
        papers=papers_of(latest.get(MasterKind.PAPERS, ())),
    )


def load_in(
    pen: Pen,
    kind: str,
    sha256: str,
    rows: Sequence[Row],
    *,
    source: str = "mail",
    why: str = "loaded",
) -> None:
    """A new version, in force with the transaction of this pen."""
    version = {"kind": kind, "sha256": sha256, "loaded": pen.now, "source": source}
    loaded = pen.connection.execute(LOAD, {**version, "rows": list(rows)}).scalar_one()
    pen.note("master", kind, ("", sha256[:12]), why)
    _enter_openings(pen, kind, rows, loaded)


OPENED = "opening_balances"
"""The version of the register whose opening balances are in the ledger."""


def _enter_openings(pen: Pen, kind: str, rows: Iterable[Row], version: int) -> None:
    """Once a version; so those of a register that was loaded before there was a ledger come too."""
    if kind != MasterKind.CUSTOMERS.value or get_meta(pen.connection, OPENED) == str(version):
        return
    enter_openings(pen, customers_of(rows), version)
    set_meta(pen.connection, OPENED, str(version))


def _version(connection: sa.Connection) -> str:
    """`3.5.6`: the newest row of each kind; more where there are budgets and price lists."""
    ids = {row[0]: row[1] for row in connection.execute(VERSIONS)}
    kinds = list(MasterKind)
    while kinds[-1] not in NEEDED and kinds[-1].value not in ids:
        kinds.pop()
    return ".".join(str(ids.get(kind.value, 0)) for kind in kinds)


def _with_prices(
    history: list[tuple[datetime, tuple[Product, ...]]], zone: ZoneInfo
) -> tuple[Product, ...]:
    """The newest products, each with every price it had and the business day that began."""
    periods: dict[str, list[PricePeriod]] = {}
    for number, (loaded, products) in enumerate(history):
        since = loaded.astimezone(zone).date() if number else None
        for product in products:
            price = product.prices[0].price
            known = periods.setdefault(product.sku, [])
            if not known or known[-1].price != price:
                known.append(PricePeriod(price, since if known else None))
    newest = history[-1][1] if history else ()
    return tuple(replace(p, prices=tuple(periods[p.sku])) for p in newest)
