"""A mark beside the spool of the newest opening for work: a database that is older was put back.

Each opening has a number, the epoch, that the database counts, and is marked after it was counted. So
where the mark knows a later one than the same database has counted, what was done since is not in it
(reliability D08). Several workers share the mark: what is compared is read in this order, the mark and
then the database, and the mark never goes back.
"""

from __future__ import annotations

import json
import os
import secrets
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from mailflow.domain import failpoint
from mailflow.domain.value import dataclass
from mailflow.ports import StoreTrouble
from mailflow.store.connection import Database, Lock, Pen, get_meta, lock, set_meta
from mailflow.store.held_outbox import take_as_restored
from mailflow.store.spool import begin_beside, fsync_folder

NAME = "opened.json"
BORN, EPOCH = "born", "epoch"
OLDER = "the database is an older one than was worked on, what was sent since is not known"


@dataclass(frozen=True, slots=True)
class OpenedMark:
    """In the folder of the spool; `now` is the instant of the opening."""

    folder: Path
    now: datetime

    def hold_if_older(self, database: Database) -> bool:
        """Before this opening is counted. Numbers of openings go on behind those that are lost."""
        born, newest = self._read()
        with database.reading() as connection:
            if get_meta(connection, BORN) != born or newest <= counted(connection):
                return False
        with database.writing(self.now, Lock.SCHEMA) as pen:
            if is_older := newest > counted(pen.connection):
                lock(pen.connection, Lock.SHELF)
                take_as_restored(pen, OLDER)
                set_meta(pen.connection, EPOCH, str(newest))
        return is_older

    def put(self, database: Database, epoch: int) -> None:
        """After it was counted. Durable when it returns."""
        with database.writing(self.now, Lock.SCHEMA) as pen:
            own = _name_of(pen)
            born, newest = self._read()
            if born != own or newest < epoch:
                self._write(own, epoch)

    def _read(self) -> tuple[str, int]:
        """The name of the database that was worked on last, and its newest opening."""
        try:
            shape = json.loads((self.folder / NAME).read_text(encoding="utf-8"))
            return str(shape["born"]), int(shape["epoch"])
        except FileNotFoundError:
            return "", 0
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreTrouble(
                f"{self.folder / NAME}: cannot be read ({error}): it tells whether the database is an "
                "older one that was put back; if it is not, remove the file"
            ) from error

    def _write(self, born: str, epoch: int) -> None:
        path = self.folder / NAME
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            file, fresh = begin_beside(self.folder)
            with file:
                file.write(json.dumps({"born": born, "epoch": epoch}).encode("ascii"))
                file.flush()
                os.fsync(file.fileno())
                failpoint.reached("opening.marked")
                os.replace(fresh, path)
            fsync_folder(self.folder)
        except OSError as error:
            raise StoreTrouble(
                f"{path}: {error.strerror}: free space or mend its rights"
            ) from error


def counted(connection: sa.Connection) -> int:
    """The newest opening of a database; 0 where it was never opened for work."""
    return int(get_meta(connection, EPOCH) or 0)


def _name_of(pen: Pen) -> str:
    """What tells this database from every other, its own older copies alone excepted."""
    name = get_meta(pen.connection, BORN)
    if name is None:
        name = secrets.token_hex(16)
        set_meta(pen.connection, BORN, name)
    return name
