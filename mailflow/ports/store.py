"""The door to the database."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from mailflow.domain.facts import Facts
from mailflow.domain.mail import Head
from mailflow.domain.master import MasterFile
from mailflow.domain.register import Register
from mailflow.ports.evidence import Evidence
from mailflow.ports.journal import Journal, Shelf
from mailflow.ports.records import Records, Settlements, Sums
from mailflow.ports.work import Work


class Store(Protocol):
    """The database. `begin` is the only way to write more than one thing at once."""

    @property
    def journal(self) -> Journal: ...
    @property
    def shelf(self) -> Shelf: ...
    @property
    def records(self) -> Records: ...
    @property
    def settlements(self) -> Settlements: ...
    @property
    def statistics(self) -> Sums: ...
    @property
    def evidence(self) -> Evidence: ...
    def begin(self, now: datetime) -> AbstractContextManager[Work]: ...
    def facts(self, head: Head, received: datetime) -> Facts:
        """As the books stand now, to look ahead by; the deciding transaction asks again."""
        ...

    def first_start(self, now: datetime) -> datetime:
        """The instant this was first asked, kept for ever."""
        ...

    def register(self) -> Register: ...
    def load_masters(
        self, files: Iterable[MasterFile], now: datetime, *, again: bool = False
    ) -> bool:
        """Make these the current versions of their tables, all of them or none; false when they already
        are, or, without `again`, when these very files were the last that were loaded and a mail changed
        the tables since."""
        ...

    def act(self, verb: str, kind: str, subject_id: str, reason: str, now: datetime) -> str:
        """What an operator does by hand; returns the new state, raises `Refusal`.

        All but the release of an order, which takes letters (`releasing.release_order`).
        """
        ...

    def reread_since(self) -> datetime | None:
        """From when on mails that were filed away are read again, for the database is older than its
        own work; None where there is nothing to read again."""
        ...

    def has_reread(self, now: datetime) -> None: ...

    def overwrite_deleted(self) -> None:
        """Whatever was deleted is nowhere in the database's files any more, as far as it can see to
        that."""
        ...

    def recover(self, now: datetime) -> int:
        """Give back what dead workers held, and what we took and did not put back; how many.

        Called while nothing of ours is under way.
        """
        ...

    def close(self) -> None: ...
