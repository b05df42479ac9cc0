"""What was settled about a sender is kept on every database, once, until it is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from mailflow.domain.mail import Head
from mailflow.domain.settlement import Settlement, SettlementKind
from mailflow.ports import Refusal
from mailflow.store.settlements import read_settlements
from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, at_once, visitor

COLUMN = Settlement(
    sender="m@x.example",
    kind=SettlementKind.COLUMN,
    said="数量(新)",
    key="数量(新)",
    means="cases",
    reason="电话里说的",
    by="wang",
    around=("产品", "数量(新)"),
)
WORD = replace(COLUMN, kind=SettlementKind.PRODUCT, said="小罐", key="小罐", means="P1", around=())


def test_nothing_is_settled_at_first(store: SqlStore, url: str) -> None:
    assert store.settlements.active() == ()
    assert read_settlements(url) == ()
    assert store.records.story("sender", "m@x.example") is None
    assert store.facts(Head(sender="m@x.example"), NOW).settlements == ()
    with pytest.raises(Refusal, match="there is none"):
        store.settlements.revoke(1, "x", NOW)


def test_what_is_settled_comes_back_as_it_was(store: SqlStore, url: str) -> None:
    kept = [store.settlements.add(one, NOW) for one in (COLUMN, WORD)]

    assert [s.number for s in kept] == [1, 2]
    assert list(store.settlements.active()) == kept
    assert list(read_settlements(url)) == kept
    assert kept[0] == replace(COLUMN, number=1, since=NOW)
    assert list(store.records.listing("settlements", "revoked")) == []
    assert [row["said"] for row in store.records.listing("settlements", "active")] == [
        "数量(新)",
        "小罐",
    ]


def test_facts_hold_what_is_settled_of_the_sender_alone(store: SqlStore) -> None:
    mine = store.settlements.add(COLUMN, NOW)
    store.settlements.add(replace(COLUMN, sender="other@x.example"), NOW)

    assert store.facts(Head(sender="m@x.example"), NOW).settlements == (mine,)
    with store.begin(NOW) as work:
        assert work.facts(Head(sender="m@x.example"), NOW).settlements == (mine,)
        assert work.facts(Head(sender=None), NOW).settlements == ()


def test_the_same_is_settled_once(store: SqlStore) -> None:
    first = store.settlements.add(WORD, NOW)

    assert store.settlements.add(replace(WORD, reason="again"), NOW + timedelta(1)) == first
    with pytest.raises(Refusal, match="forget S1"):
        store.settlements.add(replace(WORD, means="P2"), NOW)
    assert len(store.settlements.active()) == 1


def test_under_another_header_the_same_word_is_another_matter(store: SqlStore) -> None:
    store.settlements.add(COLUMN, NOW)
    store.settlements.add(replace(COLUMN, means="tins", around=("其他", "数量(新)")), NOW)
    store.settlements.add(replace(WORD, kind=SettlementKind.DISTRIBUTOR, means="C1"), NOW)
    store.settlements.add(WORD, NOW)

    assert [s.means for s in store.settlements.active()] == ["cases", "tins", "C1", "P1"]


def test_what_is_taken_back_is_kept_with_its_reasons(store: SqlStore) -> None:
    store.settlements.add(WORD, NOW)
    store.settlements.revoke(1, "he changed his form", NOW)
    store.settlements.revoke(1, "twice", NOW)

    assert store.settlements.active() == ()
    again = store.settlements.add(replace(WORD, means="P2"), NOW)
    assert again.number == 2
    story = store.records.story("settlement", "S1")
    assert story is not None
    assert story["state"] == "revoked"
    assert [(h["before"], h["after"], h["reason"]) for h in story["history"]] == [
        ("", "active", "电话里说的"),
        ("active", "revoked", "he changed his form"),
        ("revoked", "revoked", "twice"),
    ]
    sender = store.records.story("sender", " M@X.example ")
    assert sender is not None
    assert [s["state"] for s in sender["settlements"]] == ["revoked", "active"]
    assert [h["subject_id"] for h in sender["history"]] == ["1", "1", "1", "2"]


def test_a_strangers_signs_can_be_kept(store: SqlStore) -> None:
    kept = store.settlements.add(replace(WORD, said="a\0\ud800", key="a\0"), NOW)

    [active] = store.settlements.active()
    assert (active.number, active.said) == (kept.number, "a\ufffd?")


def test_two_people_at_once_settle_one_thing(store: SqlStore, url: str) -> None:
    others = [visitor(url) for _ in range(3)]
    try:
        kept = at_once(*(partial(s.settlements.add, WORD, NOW) for s in others))
    finally:
        for each in others:
            each.close()

    assert {settlement.number for settlement in kept} == {1}
