"""Master data by version: the newest of each kind is the register, older ones tell old prices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.master import (
    NEEDED,
    MasterFile,
    MasterKind,
    Row,
    customers_of,
    staff_of,
)
from mailflow.domain.register import Register
from mailflow.store.accounts import enter_openings
from mailflow.store.audiences import keep_addresses, keep_agents
from mailflow.store.connection import Database, Lock, Pen, get_meta, set_meta
from mailflow.store.mailed import FILE, newest_of
from mailflow.store.register_versions import register_in_force
from mailflow.store.tables import masters
from mailflow.store.unsent_calls import keep_back_from_former_agents

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

    def load(self, files: Iterable[MasterFile], now: datetime, *, again: bool) -> bool:
        """In one transaction: an order is never judged by half of what was to hold together.

        A file that was loaded before is nothing new, also where a mail has changed the register
        since: that would be undone. `again`: a person wants it all the same."""
        with self._database.writing(now, Lock.BOOKS) as pen:
            taken = [_load(pen, file, again=again) for file in files]
        return any(taken)

    def has_loaded(self, kind: str, sha256: str) -> bool:
        """Whether a file of this content is the newest that was loaded of a kind."""
        with self._database.reading() as connection:
            file = newest_of(connection, kind, FILE)
        return file is not None and file[1] == sha256

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


def _load(pen: Pen, file: MasterFile, *, again: bool) -> bool:
    kind, sha256, rows = file
    newest = newest_of(pen.connection, kind)
    last = newest if again else newest_of(pen.connection, kind, FILE)
    if newest is not None and last is not None and last[1] == sha256:
        if last == newest:
            _enter_openings(pen, kind, rows, newest[0])
        return False
    load_in(pen, kind, sha256, [dict(row) for row in rows], source=FILE)
    return True


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
    if kind == MasterKind.CUSTOMERS.value:
        keep_addresses(pen, rows)
    elif kind == MasterKind.STAFF.value:
        keep_agents(pen, rows)
        keep_back_from_former_agents(pen, Register(staff=tuple(staff_of(rows))))
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
