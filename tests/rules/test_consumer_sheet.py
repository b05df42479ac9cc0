"""A list of consumers held against the register and earlier lists, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.consumer_list import KnownConsumer
from mailflow.domain.consumers import ConsumerRow, Consumers
from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.facts import Facts, Sender
from mailflow.domain.mail import Trust
from mailflow.domain.naming import Lexicon
from mailflow.domain.register import Customer, Person, Role
from mailflow.domain.report import ReportColumn
from mailflow.domain.sheet import Place, Span
from mailflow.rules.consumer_sheet import JudgedConsumers, judged_consumers
from tests.rules import desk
from tests.rules.desk import MANAGER

COLUMNS = (
    *("consumer", "phone", "baby", "store_code", "store"),
    *("distributor_code", "distributor", "region", "product"),
)
GOOD = {"consumer": "王某芳", "phone": "13800001111", "store": "阳光店"}


def sheet(*rows: Mapping[str, Any], doubts: Sequence[Doubt] = ()) -> Consumers:
    return Consumers(
        attachment="名单.xlsx",
        where=Span("名单.xlsx", "名单", 0, 0, len(rows), len(COLUMNS)),
        format="xlsx",
        rows=tuple(ConsumerRow(row=number, **row) for number, row in enumerate(rows, start=1)),
        columns=tuple(
            ReportColumn(name, name, Place("名单.xlsx", "名单", 0, at))
            for at, name in enumerate(COLUMNS)
        ),
        doubts=tuple(doubts),
    )


def facts_of(*people: Person, customers: Sequence[Customer] = ()) -> Facts:
    facts = desk.facts()
    address = people[0].email if people else customers[0].email
    sender = Sender(address, Trust.A, people, tuple(customers))
    return replace(facts, sender=sender)


def judged(
    found: Consumers, facts: Facts | None = None, known: Mapping[str, KnownConsumer] | None = None
) -> JudgedConsumers:
    facts = facts or facts_of(MANAGER)
    return judged_consumers(found, facts, Lexicon(facts.register), known or {}, {})


def codes(found: JudgedConsumers) -> list[tuple[str, str]]:
    return [(f.code, f.variant) for f in found.asked]


def test_a_whole_row_is_taken_with_its_region() -> None:
    found = judged(sheet(GOOD))
    assert found.asked == found.again == ()
    [taken] = found.taken
    assert (taken.phone, taken.key, taken.region) == ("13800001111", "+8613800001111", "冀北")


def test_nothing_of_a_row_is_guessed() -> None:
    assert codes(judged(sheet({**GOOD, "phone": ""}))) == [("consumer-phone", "missing")]
    assert codes(judged(sheet({**GOOD, "phone": "138"}))) == [("consumer-phone", "invalid")]
    assert codes(judged(sheet({**GOOD, "consumer": ""}))) == [("consumer-name", "")]
    assert judged(sheet({**GOOD, "consumer": "", "baby": "小宝"})).asked == ()
    assert codes(judged(sheet({**GOOD, "store": " "}))) == [("consumer-store", "")]
    assert codes(judged(sheet({**GOOD, "region": "火星"}))) == [("consumer-region", "unknown")]
    assert codes(judged(sheet({**GOOD, "distributor": "没有这家"}))) == [
        ("report-whose", "unknown")
    ]


def test_a_doubt_of_a_row_hinders_that_row_and_one_of_a_column_all() -> None:
    phone = Place("名单.xlsx", "名单", 1, 1)
    lost = Doubt(DoubtKind.DIGITS_LOST, phone, "***")
    found = judged(sheet({**GOOD, "phone": ""}, {**GOOD, "phone": "13900002222"}, doubts=[lost]))
    assert codes(found) == [("report-doubt", "digits-lost")]
    assert [c.phone for c in found.taken] == ["13900002222"]
    unclear = Doubt(DoubtKind.AMBIGUOUS_COLUMN, Place("名单.xlsx", "名单", 0, 1), "***")
    found = judged(sheet(GOOD, doubts=[unclear]))
    assert (found.taken, found.whole) == ((), True)


def test_what_is_doubted_beside_what_is_kept_hinders_nothing() -> None:
    columns = sheet(GOOD).columns
    remark = ReportColumn("remark", "备注", Place("名单.xlsx", "名单", 0, 20))
    doubt = Doubt(DoubtKind.VALUE_UNREADABLE, Place("名单.xlsx", "名单", 1, 20), "***")
    found = judged(replace(sheet(GOOD, doubts=[doubt]), columns=(*columns, remark)))
    assert len(found.taken) == 1


def test_who_is_known_is_told_whose_list_only_where_it_was_his_own() -> None:
    key = "+8613800001111"
    mine = judged(sheet(GOOD), known={key: KnownConsumer("XF261001-0001", MANAGER.email.upper())})
    other = judged(sheet(GOOD), known={key: KnownConsumer("XF261001-0001", "x@y.example")})
    assert [(f.variant, dict(f.details)) for f in mine.again] == [
        ("own", {"other": "XF261001-0001"})
    ]
    assert [(f.variant, dict(f.details)) for f in other.again] == [("earlier", {})]
    assert mine.taken == other.taken == ()


def test_nobody_sends_for_another_ones_distributor() -> None:
    stranger = Person(Role.REGIONAL_MANAGER, "赵经理", "south@house.example", ("岭南",))
    name = desk.facts().register.customers[0].name
    found = judged(sheet({**GOOD, "distributor": name}), facts_of(stranger))
    assert codes(found) == [("consumer-region", "distributor")]
    assert codes(judged(sheet(GOOD), facts_of(stranger))) == [("consumer-region", "missing")]


names = st.sampled_from(["", "王某芳", "欧阳某某", "李某"])
phones = st.sampled_from(
    ["", "13800001111", "+86 138 0000 1111", "13900002222", "1390000222", "0371-55550000", "无"]
)
rows = st.fixed_dictionaries(
    {
        "consumer": names,
        "baby": names,
        "phone": phones,
        "store": st.sampled_from(["", "阳光店", "月亮店"]),
        "region": st.sampled_from(["", "冀北", "火星"]),
    }
)


@given(st.lists(rows, max_size=12))
def test_each_row_ends_in_one_place_and_no_finding_says_who(listed: list[dict[str, str]]) -> None:
    found = judged(sheet(*listed))
    places = [int(c.cell.rsplit("B", 1)[1]) - 1 for c in found.taken]
    again = [f.at.row for f in found.again if f.at]
    asked = sorted({f.at.row for f in found.asked if f.at})
    assert sorted([*places, *again, *asked]) == list(range(1, len(listed) + 1))
    keys = [c.key for c in found.taken]
    assert len(keys) == len(set(keys))
    said = str([*found.again, *found.asked, *found.taken])
    for row in listed:
        for slot in ("consumer", "baby", "phone"):
            assert not row[slot] or row[slot] == "无" or row[slot] not in said
