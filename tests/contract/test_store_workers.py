"""Several workers on one PostgreSQL: each mail and message has one of them, and no dead one."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import chain

import pytest
import sqlalchemy as sa

from mailflow.domain.mail import Head, MailState
from mailflow.domain.message import MessageState
from mailflow.ports import StoreTrouble
from mailflow.store.engine import open_engine
from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, arrival, at_once, ids, message, post, visitor, worker
from tests.live.machine import wait_until


@pytest.fixture
def workers(made_postgres: str) -> Iterator[Callable[[], SqlStore]]:
    """Opens one more worker on the same database."""
    with ExitStack() as stack:

        def one_more() -> SqlStore:
            store = worker(made_postgres)
            stack.callback(store.close)
            return store

        yield one_more


Workers = Callable[[], SqlStore]


@pytest.mark.fault("I09")
def test_a_mail_that_one_worker_has_is_not_given_to_another(workers: Workers) -> None:
    first, second = workers(), workers()
    first.journal.record([arrival(n) for n in range(1, 4)], NOW)
    assert ids(first.journal.waiting(2)) == [1, 2]
    assert ids(second.journal.waiting(10)) == [3]
    assert ids(first.journal.waiting(10)) == [1, 2]


@pytest.mark.fault("S10")
def test_what_a_worker_held_that_ended_is_free_at_once(workers: Workers) -> None:
    first, second = workers(), workers()
    first.journal.record([arrival(1)], NOW)
    post(first, message(1), message(2, recipient="other@x.example"))
    first.journal.waiting(10)
    sending, ending = first.shelf.take_due(NOW, 10)
    first.shelf.put_back(ending.ending(), NOW)
    assert second.recover(NOW) == 0
    first.close()
    assert ids(second.journal.waiting(10)) == [1]
    assert second.recover(NOW) == 2
    assert ids(second.shelf.take_due(NOW, 10)) == [sending.id]
    assert second.records.counts()["messages"] == {"sending": 1, "unknown": 1}


@pytest.mark.fault("S10")
def test_no_worker_takes_a_message_that_another_has(workers: Workers) -> None:
    first, second = workers(), workers()
    post(first, message(1), message(2, recipient="other@x.example"))
    assert ids(first.shelf.take_due(NOW, 1)) == [1]
    assert ids(second.shelf.take_due(NOW, 10)) == [2]


def test_messages_to_one_recipient_keep_their_order_whoever_sends_them(workers: Workers) -> None:
    first, second = workers(), workers()
    post(first, message(1), message(2))
    [earlier] = first.shelf.take_due(NOW, 1)
    assert second.shelf.take_due(NOW, 10) == []
    first.shelf.put_back(earlier.accepted(), NOW)
    assert ids(second.shelf.take_due(NOW, 10)) == [2]


@pytest.mark.fault("I09", "S10")
def test_many_workers_at_once_deal_with_each_mail_and_message_once(workers: Workers) -> None:
    mails, desks = range(1, 61), [workers() for _ in range(3)]
    desks[0].journal.record([arrival(n) for n in mails], NOW)

    def work(store: SqlStore) -> tuple[list[int], list[int]]:
        dealt, sent = [], []
        while rows := store.journal.waiting(7):
            for row in rows:
                with store.begin(NOW) as work:
                    assert work.claim(row.id) is not None
                    work.post(message(row.id, recipient=f"{row.id % 5}@x.example"))
                    work.settle(row.id, MailState.DONE, "booked", Head(None), ())
                dealt.append(row.id)
        # Whoever finds nothing due, because others are sending, leaves the rest to them.
        while taken := store.shelf.take_due(NOW, 7):
            for each in taken:
                store.shelf.put_back(each.ending(), NOW)
                sent.append(each.id or 0)
                store.shelf.put_back(each.accepted(), NOW)
        return dealt, sent

    shares = at_once(*(partial(work, store) for store in desks))
    assert Counter(chain(*(dealt for dealt, _ in shares))) == Counter(mails)
    assert Counter(chain(*(sent for _, sent in shares))) == Counter(mails)


KILLED = """
import sys
from tests.contract.stores import NOW, arrival, message, post, worker
store = worker(sys.argv[1])
store.journal.record([arrival(1)], NOW)
post(store, message(1), message(2, recipient="other@x.example"))
assert len(store.journal.waiting(10)) == 1
assert store.journal.begin_attempts([1], NOW) == {1: 1}
sending, ending = store.shelf.take_due(NOW, 10)
store.shelf.put_back(ending.ending(), NOW)
print("working", flush=True)
sys.stdin.read()
"""


@pytest.mark.fault("S08")
def test_a_worker_that_is_killed_is_recovered_by_another(
    made_postgres: str, workers: Workers
) -> None:
    other = workers()
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, made_postgres],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "working\n"
        assert other.journal.waiting(10) == []
        assert other.recover(NOW) == 0
        child.send_signal(signal.SIGKILL)
    # Not time but the server tells: it ends the session when it sees that nobody is there.
    assert wait_until(lambda: bool(other.journal.waiting(10)), seconds=20)
    [mail] = other.journal.waiting(10)
    assert (mail.id, mail.attempts) == (1, 1)
    assert other.recover(NOW) == 2
    assert other.records.counts()["messages"] == {"ready": 1, "unknown": 1}


@pytest.mark.fault("S10", "Z03")
def test_a_worker_that_was_given_up_sends_nothing_any_more(
    made_postgres: str, workers: Workers
) -> None:
    lost, other = workers(), workers()
    post(lost, message(1))
    [mine] = lost.shelf.take_due(NOW, 10)
    _cut_off(made_postgres, lost)
    assert other.recover(NOW) == 1
    [theirs] = other.shelf.take_due(NOW, 10)
    with pytest.raises(StoreTrouble, match="another worker"):
        lost.shelf.put_back(mine.ending(), NOW)
    lost.shelf.put_back(mine.deferred("late", NOW), NOW)
    other.shelf.put_back(theirs.accepted(), NOW)
    assert other.records.counts()["messages"] == {"accepted": 1}


@pytest.mark.fault("D10")
def test_a_worker_that_lost_its_session_lives_again_when_it_works(
    made_postgres: str, workers: Workers
) -> None:
    lost, other = workers(), workers()
    lost.journal.record([arrival(1)], NOW)
    _cut_off(made_postgres, lost)
    assert ids(lost.journal.waiting(10)) == [1]
    assert other.journal.waiting(10) == []


def test_a_doubt_is_settled_by_the_first_who_settles_it(workers: Workers) -> None:
    first, second = workers(), workers()
    post(first, message(1))
    [taken] = first.shelf.take_due(NOW, 10)
    first.shelf.put_back(taken.lost_sight_of("cut", NOW), NOW)
    later = first.shelf.doubtful(NOW.replace(hour=5))[0]
    second.shelf.put_back(later.accepted(), NOW)
    first.shelf.put_back(later.resent(NOW), NOW)
    assert second.records.counts()["messages"] == {MessageState.ACCEPTED: 1}


def test_who_settles_an_older_doubt_leaves_the_newer_one_alone(workers: Workers) -> None:
    first, second = workers(), workers()
    post(first, message(1))
    [taken] = first.shelf.take_due(NOW, 10)
    first.shelf.put_back(taken.lost_sight_of("cut", NOW), NOW)
    [older] = first.shelf.doubtful(NOW.replace(hour=5))
    second.shelf.put_back(older.resent(NOW), NOW)
    [again] = second.shelf.take_due(NOW, 10)
    second.shelf.put_back(again.lost_sight_of("cut again", NOW), NOW)
    first.shelf.put_back(older.resent(NOW), NOW)
    assert second.records.counts()["messages"] == {MessageState.UNKNOWN: 1}


@pytest.mark.fault("I09")
def test_two_workers_that_see_one_mailbox_record_each_mail_once(workers: Workers) -> None:
    first, second = workers(), workers()

    def record(store: SqlStore) -> None:
        for n in range(1, 40):
            store.journal.record([arrival(n)], NOW)
            store.journal.completed_poll(NOW)

    at_once(partial(record, first), partial(record, second))
    assert first.records.counts()["mails"] == {"waiting": 39}
    story = first.records.story("mail", "1")
    assert story is not None
    assert [h["reason"] for h in story["history"]] == ["spooled"]


def test_nothing_is_taken_by_a_command(made_postgres: str, workers: Workers) -> None:
    workers()
    command = visitor(made_postgres)
    with pytest.raises(RuntimeError, match="not opened for work"):
        command.journal.waiting(10)
    with pytest.raises(RuntimeError, match="not opened for work"):
        command.shelf.take_due(NOW, 10)
    with pytest.raises(RuntimeError, match="not opened for work"):
        command.recover(NOW)
    command.close()


def _cut_off(url: str, store: SqlStore) -> None:
    """What a broken network does in the end: the server gives the worker's sessions up."""
    engine = open_engine(url)
    held = sa.text(
        "select pg_terminate_backend(pid, 20000) from pg_locks where locktype = 'advisory' "
        "and objid = :epoch"
    )
    with engine.connect() as connection:
        assert connection.execute(held, {"epoch": store._presence.epoch}).scalars().all() == [True]
    engine.dispose()
