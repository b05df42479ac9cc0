"""Registers that come by mail, as each database keeps them: proposed once, decided once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailflow.domain.mail import Head, MailState
from mailflow.domain.register_change import ProposalState, RegisterProposal
from mailflow.store.registers import NotProposed
from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, arrival

SENDER = "he@x.example"
ROWS = ({"role": "warehouse", "name": "中心仓", "email": "w@x.example"},)
FIRST = RegisterProposal(number="MD261109-0001", mail_id=1, kind="staff", base=0, rows=ROWS)


@pytest.fixture
def proposed(store: SqlStore) -> SqlStore:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        assert work.claim(1)
        work.registers.propose(FIRST)
        work.settle(1, MailState.REVIEW, "register-proposed", Head(sender=SENDER), ())
    return store


def staff(store: SqlStore) -> tuple[int, list[str]]:
    with store.begin(NOW) as work:
        version, rows = work.registers.current("staff")
    return version, [row["email"] for row in rows]


def test_nothing_is_proposed_in_an_empty_house(store: SqlStore) -> None:
    with store.begin(NOW) as work:
        assert work.registers.current("staff") == (0, ())
        assert work.registers.proposal(FIRST.number) is None
        assert work.registers.waiting_of(SENDER, "staff") == ()
        assert work.registers.waiting() == ()


def test_a_proposal_changes_nothing_until_it_is_applied_and_then_once(proposed: SqlStore) -> None:
    assert staff(proposed) == (0, [])
    with proposed.begin(NOW) as work:
        assert work.registers.proposal(FIRST.number) == FIRST
        assert work.registers.waiting_of(SENDER, "staff") == (FIRST.number,)
        assert work.registers.waiting_of(SENDER, "products") == ()
        [waiting] = work.registers.waiting()
        assert (waiting.number, waiting.kind, waiting.by) == (FIRST.number, "staff", SENDER)
        work.registers.apply(FIRST, "M2")
    version, emails = staff(proposed)
    assert (version > 0, emails) == (True, ["w@x.example"])
    for decide in (ProposalState.REFUSED, ProposalState.APPLIED):
        with pytest.raises(NotProposed), proposed.begin(NOW) as work:
            work.registers.end(FIRST.number, decide, "M3")
    with pytest.raises(NotProposed), proposed.begin(NOW) as work:
        work.registers.apply(replace(FIRST, rows=()), "M3")
    assert staff(proposed) == (version, ["w@x.example"])
    with proposed.begin(NOW) as work:
        assert work.registers.waiting() == ()


def test_one_that_was_refused_is_not_applied(proposed: SqlStore) -> None:
    with proposed.begin(NOW) as work:
        work.registers.end(FIRST.number, ProposalState.REFUSED, "M2")
    with pytest.raises(NotProposed), proposed.begin(NOW) as work:
        work.registers.apply(FIRST, "M3")
    assert staff(proposed) == (0, [])
    [listed] = proposed.records.listing("registers", None)
    assert (listed["number"], listed["state"]) == (FIRST.number, "refused")
