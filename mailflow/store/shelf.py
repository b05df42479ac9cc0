"""Committed messages wait here to leave; what a worker holds bears its epoch, until it is dead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailflow.domain import failpoint
from mailflow.domain.held_outbox import HeldOutbox
from mailflow.domain.message import Message, MessageState
from mailflow.domain.pace import Slowed
from mailflow.ports import StoreTrouble
from mailflow.store.connection import Database, Lock, Pen
from mailflow.store.held_outbox import held_in
from mailflow.store.letter_files import SIZE
from mailflow.store.letters import WHOLE, messages_of
from mailflow.store.pace import DEPARTED, OVERDUE, note_slowed, slowed_in
from mailflow.store.presence import Presence
from mailflow.store.tables_outbox import letters, outbox

DUE = (MessageState.READY.value, MessageState.RETRY.value)
HELD = (MessageState.SENDING.value, MessageState.END_OF_DATA.value)
MOST_BYTES = 16 * 1024 * 1024
"""Messages taken together weigh no more than this, or are one."""

DOUBT = timedelta(minutes=2)
"""When to look for evidence of a message that may have left (reliability 3.5)."""

SPOILT = "its bytes in the database are not those that were posted: see `mailflow verify`"
"""Of a letter that is not sent therefore."""

BUSY = sa.select(outbox.c.recipient).where(outbox.c.state.in_(HELD))
"""To whom another worker is sending has to wait for that one."""

OLDEST = (
    sa.select(outbox.c.id, SIZE.label("size"))
    .join(letters, letters.c.sha256 == outbox.c.letter)
    .where(
        outbox.c.state.in_(DUE),
        outbox.c.due <= sa.bindparam("now"),
        outbox.c.recipient.not_in(BUSY),
    )
    .order_by(outbox.c.due, outbox.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
    .with_for_update(of=outbox)
)
IDS = outbox.c.id.in_(sa.bindparam("ids", expanding=True))
CHOSEN = WHOLE.where(IDS).order_by(outbox.c.due, outbox.c.id)
TAKE = sa.update(outbox).where(IDS).values(attempts=outbox.c.attempts + 1)
DOUBTFUL = WHOLE.where(
    outbox.c.state == MessageState.UNKNOWN.value, outbox.c.due <= sa.bindparam("now")
).order_by(outbox.c.id)
ONE = outbox.c.id == sa.bindparam("message")
HOLDER = sa.select(outbox.c.state, outbox.c.epoch, outbox.c.attempts).where(ONE).with_for_update()
PUT = sa.update(outbox).where(ONE)
PUT_AS_USUAL = PUT.where(
    outbox.c.state == sa.bindparam("of_state"), outbox.c.epoch == sa.bindparam("of_epoch")
)
USUAL = {
    MessageState.END_OF_DATA: MessageState.SENDING,
    MessageState.ACCEPTED: MessageState.END_OF_DATA,
}
"""What a message was before, where all goes well: then the change itself looks whose it is."""

LOST = (
    sa.select(outbox.c.id, outbox.c.state)
    .where(
        outbox.c.state.in_(HELD),
        outbox.c.epoch.not_in(sa.bindparam("others", expanding=True)),
    )
    .order_by(outbox.c.id)
    .with_for_update()
)


class SqlShelf:
    def __init__(self, database: Database, presence: Presence) -> None:
        self._database = database
        self._presence = presence

    def take_due(self, now: datetime, limit: int) -> Sequence[Message]:
        self._presence.announce()
        with self._database.writing(now, Lock.SHELF) as pen:
            chosen = list(_chosen(pen, limit))
            if not chosen or held_in(pen.connection) is not None:
                return []
            taken = pen.connection.execute(CHOSEN, {"ids": chosen})
            before = messages_of(pen.connection, taken)
            state = MessageState.SENDING.value
            pen.connection.execute(
                TAKE,
                {"ids": chosen, "state": state, "epoch": self._presence.epoch, "departed": now},
            )
            for message in before:
                pen.note("message", message.id, (message.state.value, state), "")
            for spoilt in set(chosen) - {message.id for message in before}:
                failed = MessageState.FAILED.value
                values = {"state": failed, "last_error": SPOILT, "departed": None}
                pen.connection.execute(PUT, {"message": spoilt, **values})
                pen.note("message", spoilt, (state, failed), SPOILT)
        failpoint.reached("shelf.taken")
        return [message.begun() for message in before]

    def doubtful(self, now: datetime) -> Sequence[Message]:
        with self._database.reading() as connection:
            if held_in(connection) is not None:
                return []
            return messages_of(connection, connection.execute(DOUBTFUL, {"now": now}))

    def held(self) -> HeldOutbox | None:
        with self._database.reading() as connection:
            return held_in(connection)

    def departed(self, since: datetime) -> Sequence[datetime]:
        with self._database.reading() as connection:
            return list(connection.execute(DEPARTED, {"since": since}).scalars())

    def overdue(self, now: datetime) -> int:
        with self._database.reading() as connection:
            return int(connection.execute(OVERDUE, {"now": now}).scalar_one())

    def slowed(self) -> Slowed | None:
        with self._database.reading() as connection:
            return slowed_in(connection)

    def slow_down(self, asked_for: timedelta, why: str, now: datetime) -> None:
        with self._database.writing(now, Lock.SHELF) as pen:
            note_slowed(pen, asked_for, why)

    def put_back(self, message: Message, now: datetime) -> None:
        """The message's new state, unless it was taken away from us since.

        Raises `StoreTrouble` where it was and the final dot is about to be sent: it must not be.
        """
        with self._database.writing(now) as pen:
            if not self._put_as_usual(pen, message):
                self._put_after_a_look(pen, message)
        failpoint.reached("shelf.put-back")

    def _put_as_usual(self, pen: Pen, message: Message) -> bool:
        before = USUAL.get(message.state)
        if before is None:
            return False
        of = {"of_state": before.value, "of_epoch": self._presence.epoch}
        change = _change(message, pen.now)
        if not pen.connection.execute(PUT_AS_USUAL, {**of, **change}).rowcount:
            return False
        _note(pen, message, before.value)
        return True

    def _put_after_a_look(self, pen: Pen, message: Message) -> None:
        row = pen.connection.execute(HOLDER, {"message": message.id}).one()
        if self._is_ours(row, message):
            not_sent = {"departed": None} if row.state == MessageState.SENDING.value else {}
            pen.connection.execute(PUT, not_sent | _change(message, pen.now))
            _note(pen, message, row.state)
        elif message.state is MessageState.END_OF_DATA:
            raise StoreTrouble(f"message {message.id}: another worker has it: left to that one")
        else:
            late = f"too late for: {message.state.value} {message.last_error}".strip()
            pen.note("message", message.id, (row.state, row.state), late)

    def _is_ours(self, row: sa.Row[str, int, int], message: Message) -> bool:
        """A message in doubt is nobody's: the first who settles that doubt has settled it."""
        if row.state == MessageState.UNKNOWN.value:
            return bool(row.attempts == message.attempts)
        return row.state in HELD and bool(row.epoch == self._presence.epoch)

    def give_back(self, now: datetime) -> int:
        """What a dead worker held, and what we took and did not put back; how many.

        Before the final dot nothing was sent, after it nobody knows.
        """
        self._presence.announce()
        with self._database.writing(now, Lock.SHELF) as pen:
            others = self._presence.others(pen.connection)
            rows = pen.connection.execute(LOST, {"others": others}).all()
            for row in rows:
                change: dict[str, object] = {"message": row.id}
                if row.state == MessageState.SENDING.value:
                    after = MessageState.READY.value
                    change |= {"due": now, "departed": None}
                else:
                    after = MessageState.UNKNOWN.value
                    change |= {"due": now + DOUBT}
                pen.connection.execute(PUT, {**change, "state": after})
                pen.note("message", row.id, (row.state, after), "restart")
        return len(rows)


def _change(message: Message, now: datetime) -> dict[str, object]:
    departs = {"departed": now} if message.state is MessageState.END_OF_DATA else {}
    return departs | {
        "message": message.id,
        "state": message.state.value,
        "due": message.due,
        "attempts": message.attempts,
        "resends": message.resends,
        "last_error": message.last_error,
    }


def _note(pen: Pen, message: Message, before: str) -> None:
    pen.note("message", message.id, (before, message.state.value), message.last_error)


def _chosen(pen: Pen, limit: int) -> Iterator[int]:
    left = MOST_BYTES
    due = pen.connection.execute(OLDEST, {"now": pen.now, "most": limit}).all()
    for position, row in enumerate(due):
        left -= row.size
        if left < 0 and position:
            return
        yield row.id
