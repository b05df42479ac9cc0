"""The mark of the newest opening: several workers share it, and none takes another for the past."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest

from mailflow.ports import StoreTrouble
from mailflow.store.connection import Database, set_meta
from mailflow.store.engine import open_engine
from mailflow.store.held_outbox import held_in, release_outbox
from mailflow.store.opened_mark import EPOCH, NAME, OLDER, OpenedMark, counted
from mailflow.store.presence import next_epoch
from tests.contract.stores import NOW, ZONE

STEPS = 3
"""Of an opening: look, be counted, mark."""
ORDERS = list(combinations(range(2 * STEPS), STEPS))
"""Which of six steps are the first worker's, in all the ways two openings can meet."""


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database(open_engine(url), "mailflow", ZONE)
    with opened.writing(NOW) as pen:
        set_meta(pen.connection, EPOCH, "1")
    yield opened
    opened.close()


@pytest.fixture
def mark(tmp_path: Path) -> OpenedMark:
    return OpenedMark(tmp_path / "spool", NOW)


def opening(database: Database, mark: OpenedMark) -> list[Callable[[], object]]:
    epochs: list[int] = []
    return [
        lambda: mark.hold_if_older(database),
        lambda: epochs.append(next_epoch(database.engine)),
        lambda: mark.put(database, epochs[0]),
    ]


def put_back_to(database: Database, epoch: int) -> None:
    with database.writing(NOW) as pen:
        set_meta(pen.connection, EPOCH, str(epoch))


def let_go(database: Database) -> None:
    with database.writing(NOW) as pen:
        release_outbox(pen, "looked")


def is_held(database: Database) -> bool:
    with database.reading() as connection:
        return held_in(connection) is not None


def opened(database: Database, mark: OpenedMark) -> bool:
    look, *rest = opening(database, mark)
    is_older = look()
    for step in rest:
        step()
    return bool(is_older)


def newest(database: Database) -> int:
    with database.reading() as connection:
        return counted(connection)


@pytest.mark.fault("D08", "S10")
def test_two_that_open_at_once_take_nobody_for_the_past(database: Database, tmp_path: Path) -> None:
    for number, order in enumerate(ORDERS):
        mark = OpenedMark(tmp_path / f"spool-{number}", NOW)
        assert not opened(database, mark)
        first, second = opening(database, mark), opening(database, mark)
        for step in range(2 * STEPS):
            (first if step in order else second).pop(0)()
        assert not is_held(database), order
        # Neither has put the mark back: a copy of before the later of the two is told.
        put_back_to(database, newest(database) - 1)
        assert opened(database, mark), order
        let_go(database)


@pytest.mark.fault("D08", "S10")
@pytest.mark.parametrize("lost", [1, 2, 5])
def test_two_that_open_an_older_one_at_once_both_find_it_held(
    database: Database, tmp_path: Path, lost: int
) -> None:
    for number, order in enumerate(ORDERS):
        mark = OpenedMark(tmp_path / f"spool-{number}", NOW)
        for _ in range(6):
            opened(database, mark)
        put_back_to(database, newest(database) - lost)
        workers = opening(database, mark), opening(database, mark)
        for step in range(2 * STEPS):
            workers[step not in order].pop(0)()
            assert is_held(database) or not any(len(w) < STEPS for w in workers), order
        let_go(database)


@pytest.mark.fault("D08", "K01")
@pytest.mark.parametrize("died_after", range(STEPS))
@pytest.mark.parametrize("lost", [1, 2, 5])
def test_who_died_while_it_was_opened_has_not_hidden_an_older_one(
    database: Database, mark: OpenedMark, died_after: int, lost: int
) -> None:
    for _ in range(6):
        opened(database, mark)
    put_back_to(database, newest(database) - lost)
    for step in opening(database, mark)[: died_after + 1]:
        step()
    opened(database, mark)
    assert is_held(database)
    assert not opened(database, mark), "it is told once"


@pytest.mark.fault("D08")
def test_another_database_beside_the_same_spool_is_not_compared(
    database: Database, mark: OpenedMark
) -> None:
    for _ in range(3):
        opened(database, mark)
    with database.writing(NOW) as pen:
        set_meta(pen.connection, "born", "another")
    put_back_to(database, 1)
    assert not opened(database, mark)
    assert not is_held(database)


def test_a_mark_that_cannot_be_read_is_told_and_not_taken_for_none(
    database: Database, mark: OpenedMark
) -> None:
    opened(database, mark)
    (mark.folder / NAME).write_text("{", encoding="ascii")
    with pytest.raises(StoreTrouble, match="remove the file"):
        mark.hold_if_older(database)


def test_why_it_is_held_is_kept(database: Database, mark: OpenedMark) -> None:
    for _ in range(2):
        opened(database, mark)
    put_back_to(database, 1)
    opened(database, mark)
    with database.reading() as connection:
        held = held_in(connection)
    assert held is not None
    assert (held.since, held.why) == (NOW, OLDER)
