"""Announcements as each database keeps them: shown before they go, out once, confirmed once by each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailflow.domain.announcement import (
    Addressee,
    Announcement,
    AnnouncementState,
    LostLetter,
    Reached,
    announcement_number,
)
from mailflow.domain.attached import Attached
from mailflow.domain.case import Case
from mailflow.domain.finding import Asked
from mailflow.domain.message import MessageState
from mailflow.ports import Refusal
from mailflow.store.announcements import NotThatState
from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, arrival, message, post

PEOPLE = (
    Addressee("M@x.example", "王经理", True, "en", ("某某商贸",)),
    Addressee("d@x.example", "贝乐", False),
)
NUMBER = "GG261109-0001"
FIRST = Announcement(
    number=NUMBER,
    revision=1,
    mail_id=1,
    sha256=f"{1:064d}",
    announcer="a@x.example",
    title="政策",
    text="第一版",
    wanted=("北区",),
    confirm=True,
    attached=(Attached("a.pdf", "1.2", 10, "ab"),),
    people=PEOPLE,
)
TOKENS = {"m@x.example": "A" * 20, "d@x.example": "B" * 20}
LATER = NOW + timedelta(days=3)


def proposed(store: SqlStore, *versions: Announcement) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        for each in versions:
            work.announcements.propose(each)


def out(store: SqlStore) -> None:
    proposed(store, FIRST)
    with store.begin(NOW) as work:
        work.announcements.announce(FIRST, TOKENS, "M2")


def test_nothing_is_known_of_what_was_never_announced(store: SqlStore) -> None:
    with store.begin(NOW) as work:
        books = work.announcements
        assert books.out(NUMBER) is books.proposed(NUMBER) is books.newest(NUMBER) is None
        assert (books.last_revision(NUMBER), books.of_tokens(("A" * 20,))) == (0, ())
        assert books.revision_of(NUMBER, ("A" * 20,), ("<1@x.example>",)) is None
    assert store.records.open_announcements() == []
    assert store.records.story("announcement", NUMBER) is None


def test_what_is_kept_comes_back_as_it_was(store: SqlStore) -> None:
    proposed(store, FIRST)
    with store.begin(NOW) as work:
        assert work.announcements.proposed(NUMBER) == FIRST
        assert work.announcements.out(NUMBER) is None
        assert work.announcements.tokens(FIRST) == {}
    assert store.records.open_announcements() == []


def test_it_is_out_once_and_each_confirms_it_once(store: SqlStore) -> None:
    out(store)
    assert store.records.open_announcements() == [(NUMBER, NOW)]
    with store.begin(NOW) as work:
        books = work.announcements
        held = books.out(NUMBER)
        assert held == replace(FIRST, state=AnnouncementState.OPEN, asked=NOW)
        assert books.tokens(held) == TOKENS
        assert books.of_tokens(("B" * 20, "C" * 20)) == ((NUMBER, "d@x.example"),)
        with pytest.raises(NotThatState):
            books.announce(FIRST, TOKENS, "again")
        books.confirm(held, "m@X.example", 1)
        assert [r.reached for r in books.receipts(held)] == [Reached.CONFIRMED, Reached.WAITING]
        for address in ("M@x.example", "stranger@x.example"):
            with pytest.raises(NotThatState):
                books.confirm(held, address, 1)
    with store.begin(LATER) as work:
        work.announcements.urge(replace(held, asked=NOW))
    assert store.records.open_announcements() == [(NUMBER, LATER)]
    with store.begin(LATER) as work:
        work.announcements.end(held, AnnouncementState.DONE, "all")
        with pytest.raises(NotThatState):
            work.announcements.urge(held)
    assert store.records.open_announcements() == []


def test_what_became_of_a_letter_is_told_beside_its_addressee(store: SqlStore) -> None:
    out(store)
    letter = message(
        1, notice="announcement", subject_id=NUMBER, recipient="d@x.example", goods=False
    )
    reminder = replace(letter, subject_id=f"{NUMBER}-u261111", message_id="<2@x.example>")
    post(store, letter, reminder)
    with store.begin(NOW) as work:
        books = work.announcements
        held = books.out(NUMBER)
        assert held is not None
        assert [r.message for r in books.receipts(held)] == [None, MessageState.READY]
        for message_id in ("<1@x.example>", "<2@x.example>"):
            assert books.revision_of(NUMBER, (), (message_id,)) == 1
            assert books.revision_of("GG261109-0002", (), (message_id,)) is None
    told = store.records.story("announcement", NUMBER)
    assert told is not None
    assert [(p["address"], p["message"]) for p in told["people"]] == [
        ("M@x.example", ""),
        ("d@x.example", "ready"),
    ]
    assert "A" * 20 not in str(told)


def test_a_correction_takes_its_place(store: SqlStore) -> None:
    out(store)
    second = replace(FIRST, revision=2, text="第二版", confirm=False)
    with store.begin(NOW) as work:
        books = work.announcements
        books.propose(second)
        first = books.out(NUMBER)
        assert first is not None
        assert (first.revision, books.last_revision(NUMBER)) == (1, 2)
        books.end(first, AnnouncementState.SUPERSEDED, "M3")
        books.announce(second, {"m@x.example": "C" * 20, "d@x.example": "D" * 20}, "M3")
        held = books.out(NUMBER)
        assert held is not None
        assert (held.revision, held.state) == (2, AnnouncementState.DONE)
        assert {r.reached for r in books.receipts(held)} == {Reached.TOLD}
        assert books.revision_of(NUMBER, ("A" * 20,), ()) == 1
        assert books.revision_of(NUMBER, ("A" * 20, "D" * 20), ()) == 2
        same = replace(second, number=announcement_number(NOW, 7))
        assert (books.same_out(same), books.same_out(second)) == (NUMBER, "")
        assert books.same_out(replace(same, text="第一版")) == ""


def test_an_operator_ends_it_and_its_case(store: SqlStore) -> None:
    out(store)
    case = Case(
        number=NUMBER,
        kind="announcement",
        subject_id=NUMBER,
        waits_on=Asked.SENDER,
        region="",
        reason="announcement-open",
        since=NOW,
    )
    with store.begin(NOW) as work:
        work.open_case(case)
    [matter] = store.records.matters(NOW, NOW)
    assert (matter.reference, matter.reason) == (NUMBER, "announcement-open")
    assert store.act("close", "case", NUMBER, "told by telephone", LATER) == "closed"
    assert store.act("close", "announcement", NUMBER, "again", LATER) == "closed"
    assert store.records.matters(NOW, NOW) == []
    assert [a["state"] for a in store.records.listing("announcements", None)] == ["closed"]
    with pytest.raises(Refusal, match="there is none"):
        store.act("close", "announcement", "GG261109-0009", "x", LATER)
    with pytest.raises(Refusal, match="is out"):
        store.act("redo", "mail", "1", "x", LATER)


def test_a_letter_that_did_not_arrive_is_news_once(
    store: SqlStore,
) -> None:
    """Whether the carrier refused it or a mail system reported it; also one that reminded."""
    out(store)
    letters = (
        message(1, notice="announcement", subject_id=NUMBER, recipient="M@x.example"),
        message(2, notice="announcement", subject_id=f"{NUMBER}-u261111", recipient="d@x.example"),
        message(3, notice="announcement-status", subject_id=NUMBER, recipient="a@x.example"),
    )
    post(store, *letters)
    assert store.records.lost_announcements(NOW) == []
    for each in store.shelf.take_due(NOW, 9):
        store.shelf.put_back(each.refused("550 nobody of that name"), NOW)
    lost = store.records.lost_announcements(NOW)
    assert [(each.number, each.recipient) for each in lost] == [
        (NUMBER, "M@x.example"),
        (NUMBER, "d@x.example"),
    ]
    with store.begin(NOW) as work:
        receipts = work.announcements.receipts(FIRST)
        assert [(r.reached, r.why) for r in receipts] == [
            (Reached.LOST, "550 nobody of that name")
        ] * 2
        for each in lost:
            assert work.take_job(LostLetter.JOB, each.attempt)
    assert store.records.lost_announcements(NOW) == []
    assert store.records.lost_announcements(LATER) == []
