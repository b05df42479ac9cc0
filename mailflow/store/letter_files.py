"""A large file that goes with many letters is kept once: each letter is kept without it, and where it stood.

Nothing is understood of a letter: pieces are cut out and put back, and what comes of it is the bytes that
were posted, or nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import sqlalchemy as sa

from mailflow.domain.value import dataclass
from mailflow.store.tables_outbox import letter_files, letter_places, letters

LEAST = 48 * 1024
"""Bytes of a piece that is worth a row of its own; dispatch lists and most sheets are smaller."""
_BEGIN, _END = b"\r\n\r\n", b"\r\n--"
"""What stands around the contents of a part of a mail, in which neither can stand: it is base64."""
KEPT = sa.exists().where(letter_files.c.sha256 == sa.bindparam("sha256"))
KEEP = sa.insert(letter_files).from_select(
    ["sha256", "data"],
    sa.select(
        sa.bindparam("sha256", type_=letter_files.c.sha256.type),
        sa.bindparam("data", type_=letter_files.c.data.type),
    ).where(~KEPT),
)
PLACE = sa.insert(letter_places)
PLACES = (
    sa.select(letter_places.c.letter, letter_places.c.at, letter_files.c.data)
    .join(letter_files, letter_files.c.sha256 == letter_places.c.file)
    .where(letter_places.c.letter.in_(sa.bindparam("of", expanding=True)))
    .order_by(letter_places.c.letter, letter_places.c.at)
)
SIZE = sa.func.length(letters.c.mime) + sa.func.coalesce(
    sa.select(sa.func.sum(sa.func.length(letter_files.c.data)))
    .join(letter_places, letter_places.c.file == letter_files.c.sha256)
    .where(letter_places.c.letter == letters.c.sha256)
    .scalar_subquery(),
    0,
)
"""Bytes of a whole letter."""
FILES = sa.select(letter_places.c.file).where(letter_places.c.letter == sa.bindparam("of"))
DROP_PLACES = sa.delete(letter_places).where(letter_places.c.letter == sa.bindparam("of"))
DROP_FILE = sa.delete(letter_files).where(
    letter_files.c.sha256 == sa.bindparam("of"),
    ~sa.exists().where(letter_places.c.file == letter_files.c.sha256),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """What was cut out of a letter at `at`, an offset in what is left of it."""

    at: int
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def cut(mime: bytes) -> tuple[bytes, tuple[Piece, ...]]:
    """What is left of a letter, and its large pieces in their order."""
    left: list[bytes] = []
    pieces: list[Piece] = []
    done = size = 0
    begin = mime.find(_BEGIN)
    while begin >= 0:
        start = begin + len(_BEGIN)
        stop = mime.find(_END, start)
        if stop < 0:
            break
        if stop - start >= LEAST:
            left.append(mime[done:start])
            size += start - done
            pieces.append(Piece(size, mime[start:stop]))
            done = stop
        begin = mime.find(_BEGIN, stop)
    return b"".join((*left, mime[done:])), tuple(pieces)


def whole(left: bytes, pieces: Sequence[tuple[int, bytes]]) -> bytes:
    """The letter again; pieces in the order of their places."""
    parts: list[bytes] = []
    done = 0
    for at, data in pieces:
        parts += (left[done:at], data)
        done = at
    return b"".join((*parts, left[done:]))


def keep_pieces(connection: sa.Connection, letter: str, pieces: Sequence[Piece]) -> None:
    """Beside a letter that was put down just now."""
    for piece in pieces:
        connection.execute(KEEP, {"sha256": piece.sha256, "data": piece.data})
        place = {"letter": letter, "at": piece.at, "file": piece.sha256}
        connection.execute(PLACE, place)


def letters_whole(connection: sa.Connection, kept: Mapping[str, bytes]) -> dict[str, bytes]:
    """By their hashes, from what is left of each. One that is put together and is not what was posted
    is not among them: it must not be sent."""
    found = dict(kept)
    placed = connection.execute(PLACES, {"of": list(kept)}).all() if kept else ()
    for letter, rows in groupby(placed, key=lambda row: str(row.letter)):
        mime = whole(kept[letter], [(row.at, bytes(row.data)) for row in rows])
        if hashlib.sha256(mime).hexdigest() == letter:
            found[letter] = mime
        else:
            del found[letter]
    return found


def drop_pieces(connection: sa.Connection, letter: str) -> None:
    """Of a letter that goes; what no other one has goes with it."""
    files = connection.execute(FILES, {"of": letter}).scalars().all()
    connection.execute(DROP_PLACES, {"of": letter})
    for file in dict.fromkeys(files):
        connection.execute(DROP_FILE, {"of": file})


def cut_kept(connection: sa.Connection) -> Iterator[str]:
    """Of the letters that are kept whole, and are large, the pieces are kept by themselves from now on.
    Their hashes, each when it is done."""
    large = sa.select(letters.c.sha256).where(sa.func.length(letters.c.mime) >= LEAST)
    for sha256 in connection.execute(large.order_by(letters.c.sha256)).scalars().all():
        this = letters.c.sha256 == sha256
        mime = bytes(connection.execute(sa.select(letters.c.mime).where(this)).scalar_one())
        left, pieces = cut(mime)
        is_same = whole(left, [(p.at, p.data) for p in pieces]) == mime
        is_kept = hashlib.sha256(mime).hexdigest() == sha256
        if pieces and is_same and is_kept:
            keep_pieces(connection, sha256, pieces)
            connection.execute(sa.update(letters).where(this).values(mime=left))
            yield sha256
