"""Messages to rows and back; the bytes of a letter are kept once, whoever gets it, and so is a large file
that goes with many."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from mailflow.domain.audience import Audience
from mailflow.domain.message import Message, MessageState
from mailflow.store.connection import Pen
from mailflow.store.letter_files import cut, keep_pieces, letters_whole
from mailflow.store.tables_outbox import letters, outbox

KEY = ("notice", "subject_id", "revision", "recipient")
FIELDS = (
    *KEY,
    *("sender", "subject", "message_id", "goods", "created", "due"),
    *("attempts", "resends", "last_error", "mail_id"),
)

WHOLE = sa.select(outbox, letters.c.mime).join(letters, letters.c.sha256 == outbox.c.letter)
"""Messages with what is kept of their letters, without large pieces."""

QUEUED = sa.select(outbox.c.id).where(*(outbox.c[k] == sa.bindparam(f"of_{k}") for k in KEY))
QUEUE = sa.insert(outbox).returning(outbox.c.id)
KEPT = sa.exists().where(letters.c.sha256 == sa.bindparam("sha256"))
KEEP = sa.insert(letters).from_select(
    ["sha256", "mime"],
    sa.select(
        sa.bindparam("sha256", type_=letters.c.sha256.type),
        sa.bindparam("mime", type_=letters.c.mime.type),
    ).where(~KEPT),
)


def messages_of(
    connection: sa.Connection, rows: Iterable[sa.Row[*tuple[Any, ...]]]
) -> list[Message]:
    """Rows of `WHOLE`, but for those whose bytes are not the ones that were posted any more."""
    found = list(rows)
    bytes_of = letters_whole(connection, {r.letter: bytes(r.mime) for r in found})
    return [_message(row, bytes_of[row.letter]) for row in found if row.letter in bytes_of]


def _message(row: sa.Row[*tuple[Any, ...]], mime: bytes) -> Message:
    values = row._mapping
    return Message(
        id=values["id"],
        state=MessageState(values["state"]),
        mime=mime,
        audience=Audience(values["audience"] or Audience.INTERNAL),
        about=tuple(json.loads(values["about"] or "[]")),
        regions=tuple(json.loads(values["regions"] or "[]")),
        **{name: values[name] for name in FIELDS},
    )


def post(pen: Pen, message: Message) -> bool:
    """False where the same notice to the same recipient was queued before.

    Nobody else posts meanwhile: whoever does holds the books.
    """
    key = {f"of_{name}": getattr(message, name) for name in KEY}
    if pen.connection.execute(QUEUED, key).first():
        return False
    sha256 = hashlib.sha256(message.mime).hexdigest()
    left, pieces = cut(message.mime)
    if pen.connection.execute(KEEP, {"sha256": sha256, "mime": left}).rowcount:
        keep_pieces(pen.connection, sha256, pieces)
    values = {name: getattr(message, name) for name in FIELDS}
    values |= {
        "state": message.state.value,
        "letter": sha256,
        "audience": message.audience.value,
        "about": json.dumps(message.about) if message.about else "",
        "regions": json.dumps(message.regions, ensure_ascii=False) if message.regions else "",
    }
    message_id = pen.connection.execute(QUEUE, values).scalar_one()
    pen.note("message", message_id, ("", message.state.value), message.notice)
    return True
