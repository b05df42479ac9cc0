"""A large file that goes with many letters is kept once, and each letter leaves as it was posted."""

from __future__ import annotations

import hashlib
import os
from base64 import encodebytes
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from mailflow.outbox.mime_message import Envelope, build
from mailflow.outbox.mime_parts import Body, File
from mailflow.store.engine import open_engine
from mailflow.store.letter_files import LEAST, SIZE, Piece, cut, cut_kept, drop_pieces, whole
from mailflow.store.sql import SqlStore
from mailflow.store.tables_outbox import letter_files, letter_places, letters
from tests.contract.stores import NOW, message, post

FILE = File("政策.pdf", os.urandom(2 * LEAST), "application/pdf")
OTHER = File("海报.png", os.urandom(3 * LEAST), "image/png")


def mime(to: str, *files: File, text: str = "各位好") -> bytes:
    envelope = Envelope(
        *("销管 <o@x.example>", (to,), (), "公告", f"<{to}>", NOW, "auto-generated", "desk")
    )
    return build(envelope, Body(text, f"<p>{text}</p>"), files)


def put_together(left: bytes, pieces: Sequence[Piece]) -> bytes:
    return whole(left, [(p.at, p.data) for p in pieces])


def test_small_letters_are_left_alone() -> None:
    small = mime("a@x.example", File("清单.xlsx", b"x" * 20_000))
    for each in (small, b"", b"\r\n\r\n", b"no mail at all", small[: len(small) // 2]):
        assert cut(each) == (each, ())


def test_the_same_file_is_the_same_piece_in_every_letter() -> None:
    one, two = (cut(mime(to, FILE, OTHER)) for to in ("a@x.example", "b@longer.example"))
    assert (
        one[1][0].data == two[1][0].data == encodebytes(FILE.data).strip().replace(b"\n", b"\r\n")
    )
    assert [p.sha256 for p in one[1]] == [p.sha256 for p in two[1]]
    assert len(one[0]) < LEAST
    assert put_together(*one) == mime("a@x.example", FILE, OTHER)


@given(st.lists(st.sampled_from([b"\r\n\r\n", b"\r\n--", b"\r\n", b"x" * LEAST, b"-", b"a"])))
def test_whatever_is_cut_is_put_back(parts: list[bytes]) -> None:
    raw = b"".join(parts)
    left, pieces = cut(raw)
    assert put_together(left, pieces) == raw
    assert all(len(p.data) >= LEAST for p in pieces)


PEOPLE = ("a@x.example", "b@x.example", "c@longer.example")


def announced(store: SqlStore) -> dict[str, bytes]:
    """What was posted, by whom it goes to; the last has a letter without the file."""
    sent = {who: mime(who, FILE) for who in PEOPLE} | {"d@x.example": mime("d@x.example")}
    post(
        store,
        *(
            message(n, recipient=who, message_id=f"<{who}>", mime=raw)
            for n, (who, raw) in enumerate(sent.items())
        ),
    )
    return sent


def rows(url: str, statement: sa.Executable) -> list[sa.Row[Any]]:
    engine = open_engine(url)
    with engine.begin() as connection:
        result = connection.execute(statement)
        found = list(result.all()) if result.returns_rows else []
    engine.dispose()
    return found


def test_each_letter_leaves_as_it_was_posted_and_its_file_is_kept_once(
    store: SqlStore, url: str
) -> None:
    sent = announced(store)
    assert len(rows(url, sa.select(letter_files.c.sha256))) == 1
    assert len(rows(url, sa.select(letter_places))) == len(PEOPLE)
    assert all(size < LEAST for (size,) in rows(url, sa.select(sa.func.length(letters.c.mime))))
    assert list(store.evidence.altered_letters()) == []
    taken = store.shelf.take_due(NOW, 9)
    assert {m.recipient: m.mime for m in taken} == sent
    store.shelf.put_back(taken[0].lost_sight_of("gone", NOW), NOW)
    [doubtful] = store.shelf.doubtful(NOW + timedelta(hours=1))
    assert doubtful.mime == sent[doubtful.recipient]


def test_a_whole_letter_counts_by_its_whole_size(store: SqlStore, url: str) -> None:
    """So that not too many are held in memory at once."""
    announced(store)
    sizes = rows(url, sa.select(letters.c.sha256, SIZE.label("size")))
    whole_ones = {hashlib.sha256(raw).hexdigest(): len(raw) for raw in map(as_posted, PEOPLE)}
    assert {sha256: size for sha256, size in sizes if sha256 in whole_ones} == whole_ones


def as_posted(who: str) -> bytes:
    return mime(who, FILE)


def test_what_is_spoilt_is_found_is_not_sent_and_keeps_no_other_letter(
    store: SqlStore, url: str
) -> None:
    announced(store)
    rows(url, sa.update(letter_files).values(data=b"other"))
    assert len(list(store.evidence.altered_letters())) == len(PEOPLE)
    assert [m.recipient for m in store.shelf.take_due(NOW, 9)] == ["d@x.example"]
    states = [m["state"] for m in store.records.listing("messages", None)]
    assert sorted(states) == ["failed", "failed", "failed", "sending"]


def test_letters_that_were_kept_whole_are_the_same_when_they_are_brought_up(
    store: SqlStore, url: str
) -> None:
    sent = announced(store)
    for who, raw in sent.items():
        this = letters.c.sha256 == hashlib.sha256(raw).hexdigest()
        rows(url, sa.delete(letter_places))
        rows(url, sa.update(letters).where(this).values(mime=raw))
        assert who in PEOPLE or len(raw) < LEAST
    rows(url, sa.delete(letter_files))
    engine = open_engine(url)
    with engine.begin() as connection:
        assert len(list(cut_kept(connection))) == len(PEOPLE)
        assert list(cut_kept(connection)) == []
    engine.dispose()
    assert len(rows(url, sa.select(letter_files.c.sha256))) == 1
    assert {m.recipient: m.mime for m in store.shelf.take_due(NOW, 9)} == sent


def test_a_file_goes_with_the_last_letter_that_has_it(store: SqlStore, url: str) -> None:
    sent = announced(store)
    engine = open_engine(url)
    for left, who in zip((1, 1, 0), PEOPLE, strict=True):
        with engine.begin() as connection:
            drop_pieces(connection, hashlib.sha256(sent[who]).hexdigest())
        assert len(rows(url, sa.select(letter_files.c.sha256))) == left
    engine.dispose()
