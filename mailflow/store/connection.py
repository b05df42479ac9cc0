"""Transactions: writers take the lock at once, readers never wait, every change is noted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain import failpoint
from mailflow.store.engine import translated
from mailflow.store.tables import history


class Database:
    """An engine with the two ways to use it. `epoch` names this opening of the database."""

    def __init__(self, engine: sa.Engine, epoch: int) -> None:
        self.engine = engine
        self.epoch = epoch
        self.by = "mailflow"

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        with translated(), self.engine.connect() as connection:
            with connection.begin():
                yield connection
                failpoint.reached("work.before-commit")
            failpoint.reached("work.committed")

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        with translated(), self.engine.connect() as connection:
            connection = connection.execution_options(mailflow_write=False)
            yield connection

    def note(
        self,
        connection: sa.Connection,
        kind: str,
        subject_id: object,
        states: tuple[str, str],
        reason: str,
        now: datetime,
    ) -> None:
        """One history row for a change of state, in the same transaction as the change."""
        connection.execute(
            sa.insert(history).values(
                at=now,
                kind=kind,
                subject_id=str(subject_id),
                before=states[0],
                after=states[1],
                by=self.by,
                reason=reason,
            )
        )
