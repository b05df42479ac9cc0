"""Committed messages wait here to leave; a claim is a conditional update with this epoch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailflow.domain import failpoint
from mailflow.domain.message import Message, MessageState
from mailflow.store.connection import Database
from mailflow.store.tables import letters, outbox

READY = (MessageState.READY.value, MessageState.RETRY.value)


def message_of(row: sa.Row[tuple[object, ...]]) -> Message:
    v = row._mapping
    return Message(
        id=v["id"],
        notice=v["notice"],
        subject_id=v["subject_id"],
        revision=v["revision"],
        recipient=v["recipient"],
        sender=v["sender"],
        subject=v["subject"],
        message_id=v["message_id"],
        mime=v["mime"],
        goods=v["goods"],
        created=v["created"],
        due=v["due"],
        state=MessageState(v["state"]),
        attempts=v["attempts"],
        resends=v["resends"],
        last_error=v["last_error"],
        mail_id=v["mail_id"],
    )


def _whole() -> sa.Select[tuple[object, ...]]:
    return sa.select(outbox, letters.c.mime).join(letters, letters.c.sha256 == outbox.c.letter)


class SqlShelf:
    def __init__(self, database: Database) -> None:
        self._database = database

    def take_due(self, now: datetime, limit: int) -> Sequence[Message]:
        due = (
            _whole()
            .where(outbox.c.state.in_(READY), outbox.c.due <= now)
            .order_by(outbox.c.due, outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=outbox)
        )
        with self._database.writing() as connection:
            taken = [message_of(row).begun() for row in connection.execute(due)]
            if taken:
                connection.execute(
                    sa.update(outbox)
                    .where(outbox.c.id.in_([m.id for m in taken]))
                    .values(
                        state=MessageState.SENDING.value,
                        attempts=outbox.c.attempts + 1,
                        epoch=self._database.epoch,
                    )
                )
        failpoint.reached("shelf.taken")
        return taken

    def doubtful(self, now: datetime) -> Sequence[Message]:
        unknown = _whole().where(outbox.c.state == MessageState.UNKNOWN.value, outbox.c.due <= now)
        with self._database.reading() as connection:
            return [message_of(row) for row in connection.execute(unknown)]

    def put_back(self, message: Message, now: datetime) -> None:
        """The message's new state, unless another epoch has taken it since."""
        with self._database.writing() as connection:
            before = connection.execute(
                sa.select(outbox.c.state, outbox.c.epoch).where(outbox.c.id == message.id)
            ).one()
            if before.epoch > self._database.epoch:
                return
            connection.execute(
                sa.update(outbox)
                .where(outbox.c.id == message.id)
                .values(
                    state=message.state.value,
                    due=message.due,
                    attempts=message.attempts,
                    resends=message.resends,
                    last_error=message.last_error[:500],
                )
            )
            if message.state is not MessageState.END_OF_DATA:
                states = (before.state, message.state.value)
                self._database.note(
                    connection, "message", message.id, states, message.last_error[:500], now
                )
        failpoint.reached("shelf.put-back")

    def recover(self, connection: sa.Connection, now: datetime) -> int:
        """What a dead process held: before the final dot nothing was sent, after it who knows."""
        count = 0
        held = (MessageState.SENDING.value, MessageState.END_OF_DATA.value)
        for row in connection.execute(_whole().where(outbox.c.state.in_(held))).all():
            message = message_of(row)
            if message.state is MessageState.SENDING:
                after, due = MessageState.READY, now
            else:
                after, due = MessageState.UNKNOWN, now + timedelta(minutes=2)
            connection.execute(
                sa.update(outbox)
                .where(outbox.c.id == message.id)
                .values(state=after.value, due=due)
            )
            states = (message.state.value, after.value)
            self._database.note(connection, "message", message.id, states, "restart", now)
            count += 1
        return count
