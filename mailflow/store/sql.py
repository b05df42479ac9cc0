"""The `Store` door on SQLAlchemy: one database, opened for a daemon or for a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.archived import Found
from mailflow.domain.facts import CUT_OFF_DAY, Facts
from mailflow.domain.mail import Head
from mailflow.domain.master import MasterFile
from mailflow.domain.proof import Belief
from mailflow.domain.register import Register
from mailflow.domain.value import dataclass
from mailflow.ports import StoreTrouble
from mailflow.store.account_story import trial_balance
from mailflow.store.archive import find_in
from mailflow.store.audiences import rehearse, rehearsed
from mailflow.store.connection import Database, Lock, get_meta, set_meta
from mailflow.store.consumer_story import exported, note_access
from mailflow.store.engine import open_engine, sqlite_path, translated
from mailflow.store.evidence import SqlEvidence
from mailflow.store.facts import Earlier, Rules, facts_of
from mailflow.store.file_system import refuse_network_disk
from mailflow.store.habits import Habits
from mailflow.store.hand import act
from mailflow.store.held_outbox import has_reread, reread_since, take_as_restored
from mailflow.store.journal import SqlJournal
from mailflow.store.masters import SqlMasters
from mailflow.store.older_copy import keep_older
from mailflow.store.opened_mark import OpenedMark
from mailflow.store.presence import Alone, Among, Presence, Visiting, counted_opening, take_lock
from mailflow.store.records import SqlRecords
from mailflow.store.schema import Upgrade, prepare
from mailflow.store.settlements import SqlSettlements
from mailflow.store.shelf import SqlShelf
from mailflow.store.statistics import SqlStatistics
from mailflow.store.work import SqlWork

BELIEVES_NOTHING = Belief()


@dataclass(frozen=True, slots=True)
class Opening:
    """How a database is opened. `exclusive` is for who works: on SQLite one, elsewhere several; by the
    `mark` one that was put back is told.

    Without an `upgrade` a database of an older version is refused.
    """

    zone: ZoneInfo
    belief: Belief = BELIEVES_NOTHING
    exclusive: bool = False
    mark: OpenedMark | None = None
    upgrade: Upgrade | None = None
    cut_off: int = CUT_OFF_DAY


def open_store(url: str, opening: Opening) -> SqlStore:
    """Raises `StoreTrouble`: unreachable, locked by another daemon, of another version."""
    path = sqlite_path(url)
    if path is not None and not path.parent.is_dir():
        raise StoreTrouble(f"database {path}: its folder does not exist: create it")
    with ExitStack() as undo:
        held = None
        if path is not None and opening.exclusive:
            refuse_network_disk(path)
            held = undo.enter_context(take_lock(path))
        engine = open_engine(url)
        undo.callback(engine.dispose)
        if path is not None and opening.exclusive:
            _refuse_damaged(engine, path)
            if opening.upgrade is not None:
                keep_older(engine, path)
        prepare(engine, opening.upgrade)
        by = "mailflow" if opening.exclusive else "operator"
        database = Database(engine, by, opening.zone)
        undo.callback(database.close)
        presence: Presence = Visiting()
        if opening.exclusive:
            epoch = counted_opening(database, opening.mark)
            several = engine.dialect.name == "postgresql"
            presence = Among(engine, epoch) if several else Alone(epoch, held)
        undo.pop_all()
    return SqlStore(database, opening, presence)


def _refuse_damaged(engine: sa.Engine, path: Path) -> None:
    """A second for a gigabyte. Whoever mends by himself may mend away an order (reliability D07)."""
    with translated(), engine.connect().execution_options(mailflow_write=False) as connection:
        said = _damage(connection, 1)
    if said != "ok":
        raise StoreTrouble(
            f"database {path}: damaged ({said}): keep the file, restore the newest backup in its "
            "place and start again; mails wait on the server meanwhile"
        )


def _damage(connection: sa.Connection, most: int) -> str:
    """`ok`, or what is wrong in one line."""
    found = connection.exec_driver_sql(f"PRAGMA quick_check({most})").scalars()
    return " ".join("; ".join(map(str, found)).split())


class SqlStore:
    def __init__(self, database: Database, opening: Opening, presence: Presence) -> None:
        self._database = database
        self._presence = presence
        self._masters = SqlMasters(database, opening.zone)
        register_in = self._masters.register_in
        self._rules = Rules(
            *(opening.zone, opening.belief, register_in),
            *(Earlier(), Habits(), opening.cut_off),
        )
        self.journal = SqlJournal(database, presence)
        self.shelf = SqlShelf(database, presence)
        self.records = SqlRecords(database)
        self.settlements = SqlSettlements(database)
        self.statistics = SqlStatistics(database, opening.zone)
        self.evidence = SqlEvidence(database)

    @contextmanager
    def begin(self, now: datetime) -> Iterator[SqlWork]:
        with self._database.writing(now, Lock.BOOKS) as pen:
            yield SqlWork(pen, self._rules)

    def facts(self, head: Head, received: datetime) -> Facts:
        with self._database.reading() as connection:
            return facts_of(connection, self._rules, head, received)

    def first_start(self, now: datetime) -> datetime:
        with self._database.reading() as connection:
            value = get_meta(connection, "first_start")
        if value is None:
            with self._database.writing(now, Lock.INTAKE) as pen:
                value = get_meta(pen.connection, "first_start") or now.isoformat()
                set_meta(pen.connection, "first_start", value)
        return datetime.fromisoformat(value)

    def started(self) -> datetime | None:
        """The instant of the first start, where there was one."""
        with self._database.reading() as connection:
            value = get_meta(connection, "first_start")
        return datetime.fromisoformat(value) if value else None

    def rehearse(self, address: str | None, now: datetime) -> None:
        """All letters go to this address from now on; None: each to whom it is for."""
        wanted = address or ""
        with self._database.reading() as connection:
            if rehearsed(connection) == wanted:
                return
        with self._database.writing(now, Lock.INTAKE) as pen:
            rehearse(pen, wanted)

    def find(self, words: str, most: int) -> Sequence[Found]:
        """Kept papers in which all the words stand, the newest first."""
        with self._database.reading() as connection:
            return find_in(connection, words, most)

    def register(self) -> Register:
        return self._masters.register()

    def load_masters(
        self, files: Iterable[MasterFile], now: datetime, *, again: bool = False
    ) -> bool:
        return self._masters.load(files, now, again=again)

    def has_loaded(self, kind: str, sha256: str) -> bool:
        return self._masters.has_loaded(kind, sha256)

    def master_rows(self, kind: str) -> Sequence[Mapping[str, str]]:
        """The current version of a master table, as it was loaded."""
        return self._masters.rows(kind)

    def act(self, verb: str, kind: str, subject_id: str, reason: str, now: datetime) -> str:
        with self._database.writing(now, Lock.BOOKS) as pen:
            return act(pen, (verb, kind, subject_id), reason)

    def overwrite_deleted(self) -> None:
        """What was deleted goes out of SQLite's log of changes too, not only when that is full."""
        with translated(), self._database.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                raw: Any = connection.connection.driver_connection
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def note_access(self, number: str, how: str, now: datetime) -> None:
        """That an operator looked at a list of consumers stands in its history."""
        with self._database.writing(now) as pen:
            note_access(pen, number, how)

    def export_consumers(self, now: datetime) -> Sequence[Mapping[str, Any]]:
        """All that are kept, as nobody can be told from; each of their lists notes it."""
        with self._database.writing(now) as pen:
            return exported(pen)

    def recover(self, now: datetime) -> int:
        return self.shelf.give_back(now)

    def take_as_restored(self, why: str, now: datetime) -> None:
        """It is older than what was done with it (reliability D08)."""
        with self._database.writing(now, Lock.SHELF) as pen:
            take_as_restored(pen, why)

    def reread_since(self) -> datetime | None:
        """From when on mails that were filed away are read again; None where all were."""
        with self._database.reading() as connection:
            return reread_since(connection)

    def has_reread(self, now: datetime) -> None:
        with self._database.writing(now, Lock.INTAKE) as pen:
            has_reread(pen)

    @property
    def epoch(self) -> int:
        """The number of this opening; 0 where it is not for work."""
        return self._presence.epoch

    def check(self) -> str:
        """`ok`, or what the database says of itself (reliability D07)."""
        with self._database.reading() as connection:
            is_file = connection.dialect.name == "sqlite"
            if is_file and (said := _damage(connection, 5)) != "ok":
                return said
            off = trial_balance(connection)
        return f"the ledger does not balance: {off}" if off else "ok"

    def close(self) -> None:
        self._database.close()
        self._presence.close()
