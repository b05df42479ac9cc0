"""Where orders stand is told of many at once: of each what is its own, and of none less than all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from mailflow.domain.order import DispatchList, OrderState
from mailflow.domain.order_status import OrderStatus, Step
from mailflow.store import order_status
from mailflow.store.sql import SqlStore
from mailflow.store.tables import orders
from tests.contract.stores import DECISION, NOW, arrival, case_of, order

DAY = date(2026, 11, 9)
NUMBERS = ("DD5", "DD9", "DD1", "DD2", "DD3", "DD4")
"""`DD9` is no order; the others come in an order of their own."""


@pytest.fixture
def busy(store: SqlStore) -> SqlStore:
    """To be shipped, short of six, changed, closed, and one that waits."""
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        for position, number in enumerate(("DD1", "DD2")):
            mine = replace(order(number), position=position)
            short = (6,) if number == "DD2" else (0,)
            work.book(
                mine, DECISION, DispatchList(f"FH{number[2:]}", 1, mine, DAY, "aa", short=short)
            )
            if number == "DD2":
                work.shortages.keep(mine, short)
        for revision, state in ((1, OrderState.CLOSED), (2, OrderState.HELD)):
            mine = replace(order("DD3", state), revision=revision, position=revision + 5)
            work.book(mine, DECISION, None)
        work.book(replace(order("DD4", OrderState.CLOSED), position=10), DECISION, None)
        work.book(replace(order("DD5", OrderState.REVIEW), position=11), DECISION, None)
        for number in ("DD3", "DD5"):
            work.open_case(case_of(number))
    return store


def told(store: SqlStore, *numbers: str) -> list[OrderStatus]:
    with store.begin(NOW) as work:
        return list(work.status.orders(numbers))


@pytest.mark.parametrize("at_once", [2, 500])
def test_each_of_many_bears_what_is_its_own(
    busy: SqlStore, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_status, "AT_ONCE", at_once)
    assert told(busy) == []
    found = told(busy, *NUMBERS)
    assert [
        (s.order.number, s.order.revision, s.step, [x.number for x in s.lists], s.short, len(s.awaited))
        for s in found
    ] == [
        ("DD5", 1, Step.CHECKING, [], 0, 1),
        ("DD1", 1, Step.TO_SHIP, ["FH1"], 0, 0),
        ("DD2", 1, Step.TO_SHIP, ["FH2"], 6, 0),
        ("DD3", 2, Step.APPROVAL, [], 0, 1),
        ("DD4", 1, Step.CLOSED, [], 0, 0),
    ]  # fmt: skip
    assert [s.lists[0].tins for s in found[1:3]] == [12, 6]
    assert [told(busy, s.order.number) for s in found] == [[s] for s in found]


def test_however_many_are_open_all_are_told(busy: SqlStore) -> None:
    with busy._database.writing(NOW) as pen:
        [row] = pen.connection.execute(sa.select(orders).where(orders.c.number == "DD5")).mappings()
        more = [
            {**row, "id": row["id"] + n, "number": f"DX{n:04}", "position": 100 + n}
            for n in range(1, 701)
        ]
        pen.connection.execute(sa.insert(orders), more)
    with busy.begin(NOW) as work:
        numbers = work.status.open_orders(["C1"], "")
        assert len(numbers) == 704
        assert len(list(work.status.orders(numbers))) == 704
        # A number of the distributor's own that many have hides nobody's.
        assert len(work.status.numbered("PO-1")) == 705
