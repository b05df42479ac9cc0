"""What a list tells to send is kept with it, and what was sent counts once."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from mailflow.domain.order import DispatchList, OrderState
from mailflow.store.sql import SqlStore
from mailflow.store.tables_shipping import list_lines
from tests.contract.stores import DECISION, NOW, arrival, order


def listed(store: SqlStore) -> None:
    """Order DD1 of 12 tins P1, and its list FH1."""
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        sheet = DispatchList("FH1", 1, order(), date(2026, 11, 9), "aa")
        work.book(order(), DECISION, sheet)


def test_an_order_without_a_list_has_nothing_to_send(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(order(state=OrderState.HELD), DECISION, None)
        assert work.shipped_of("DD1") == {}
    assert lines_of(store) == []


def test_a_list_is_kept_line_by_line(store: SqlStore) -> None:
    listed(store)
    assert lines_of(store) == [(0, "P1", "cash", 12, 0)]
    with store.begin(NOW) as work:
        assert work.shipped_of("DD1") == {}


def lines_of(store: SqlStore) -> list[tuple[object, ...]]:
    columns = ("position", "sku", "funding", "tins", "short")
    with store.records._database.reading() as connection:
        rows = connection.execute(sa.select(*(list_lines.c[name] for name in columns)))
        return [tuple(row) for row in rows]
