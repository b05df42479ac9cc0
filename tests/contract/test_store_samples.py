"""What stores lack of the standard is a row each; orders in the books take it once, and give it back with
themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailflow.domain.called import Called, CallSums
from mailflow.domain.deducting import Deducting, as_ordered
from mailflow.domain.funding import Funding
from mailflow.domain.order import BookedOrder, OrderState, with_state
from mailflow.domain.shortfall import Shortfall, shortfall_number
from mailflow.store.hand import act
from mailflow.store.sql import SqlStore
from tests.contract.stores import CUSTOMER, DECISION, NOW, arrival, order

NOVEMBER = date(2026, 11, 1)
CODE = CUSTOMER.code


def shortfall(heard: int = 100, used: int = 30, store: str = "阳光店") -> Shortfall:
    return Shortfall(
        number=shortfall_number(CODE, store, "S1", NOVEMBER),
        distributor=CODE,
        key=store,
        store=store,
        sku="S1",
        month=NOVEMBER,
        heard=heard,
        used=used,
        standard=600,
    )


def samples(number: str = "DD1", position: int = 0, cases: int = 3) -> BookedOrder:
    """An order of sample tins, 24 a case, beside what it has anyhow."""
    known = order(number)
    [line] = known.lines
    more = replace(line, sku="S1", tins=24 * cases, tins_per_case=24, funding=Funding.SAMPLE)
    return replace(known, lines=(line, more), position=position)


def begun(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)


def books(store: SqlStore, asked: BookedOrder) -> BookedOrder:
    """Accepted, as the desk does it."""
    with store.begin(NOW) as work:
        less = Deducting(work.samples.open_ones(without=(asked.number,))).less(asked)
        work.book(less, DECISION, None)
        work.samples.take(less)
    return less


def left(store: SqlStore) -> int:
    with store.begin(NOW) as work:
        return sum(s.left for each in work.samples.open_ones().values() for s in each)


def test_nothing_is_open_where_nothing_is_short(store: SqlStore) -> None:
    begun(store)
    with store.begin(NOW) as work:
        work.samples.keep((shortfall(used=60),), "M1")
        assert work.samples.open_ones() == {}
        assert work.samples.load(shortfall().number) is None


def test_an_order_takes_it_once_and_gives_it_back_when_it_ends(store: SqlStore) -> None:
    begun(store)
    with store.begin(NOW) as work:
        work.samples.keep((shortfall(),), "M1")
    less = books(store, samples())
    assert (less.lines[1].tins, left(store)) == (48, 6)
    with store.begin(NOW) as work:
        rows = sa.text("select sum(tins) from order_lines where sku = 'S1'")
        assert work._connection.execute(rows).scalar() == 48
        assert sum(s.left for s in work.samples.open_ones(without=("DD1",))[CODE]) == 30
        work.set_order_state(with_state(less, OrderState.SHIPPED), "sent")
    assert left(store) == 6
    with store.begin(NOW) as work:
        work.set_order_state(with_state(less, OrderState.CLOSED), "not wanted")
    assert left(store) == 30


def test_an_order_that_is_closed_by_hand_gives_it_back(store: SqlStore) -> None:
    begun(store)
    with store.begin(NOW) as work:
        work.samples.keep((shortfall(),), "M1")
    books(store, samples())
    with store._database.writing(NOW) as pen:
        act(pen, ("close", "order", "DD1"), "not wanted")
    assert left(store) == 30


def test_the_database_refuses_to_take_it_twice_for_one_line(store: SqlStore) -> None:
    begun(store)
    with store.begin(NOW) as work:
        work.samples.keep((shortfall(),), "M1")
    less = books(store, samples())
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"), store.begin(NOW) as work:
        work.samples.take(less)


def test_what_calls_tell_later_changes_it_and_what_was_taken_stays(store: SqlStore) -> None:
    begun(store)
    with store.begin(NOW) as work:
        work.samples.keep((shortfall(),), "M1")
    books(store, samples())
    with store.begin(NOW) as work:
        work.samples.keep((shortfall(used=50),), "M2")
    assert left(store) == -14
    with store.begin(NOW) as work:
        work.samples.keep((shortfall(store="月亮店"),), "M3")
    assert left(store) == 16
    assert books(store, samples("DD2", 1)).lines[1].deducted == 0


def test_a_mail_that_is_read_anew_takes_its_part_back(store: SqlStore) -> None:
    begun(store)
    told = Called(
        distributor=CODE,
        store="阳光店",
        key="阳光店",
        sku="S1",
        month=NOVEMBER,
        who="",
        called_on=None,
        sums=CallSums(sent=100, heard=100, used=30),
    )
    with store.begin(NOW) as work:
        work.calls.keep((told,), 1, "1 row")
        work.samples.keep((shortfall(),), "M1")
        assert work.calls.held([(CODE, "阳光店")]) == (told,)
    with store._database.writing(NOW) as pen:
        act(pen, ("redo", "mail", "1"), "read wrongly")
    assert left(store) == 0


EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("order"), st.integers(1, 4)),
        st.tuples(st.just("amend"), st.integers(1, 4)),
        st.tuples(st.just("cancel"), st.just(0)),
        st.tuples(st.just("results"), st.integers(0, 100)),
    ),
    max_size=8,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(EVENTS)
def test_over_any_sequence_the_books_agree_with_the_orders(
    store: SqlStore, events: list[tuple[str, int]]
) -> None:
    """`store` lives on from one example to the next: what was there is part of the sequence."""
    begun(store)
    for what, figure in events:
        with store.begin(NOW) as work:
            known = work.load_order("DD1")
            revision = work.last_revision("DD1")
        if what == "results":
            with store.begin(NOW) as work:
                work.samples.keep((shortfall(used=figure),), "M1")
        elif what == "cancel" and known is not None and known.state is OrderState.ACCEPTED:
            with store.begin(NOW) as work:
                work.set_order_state(with_state(known, OrderState.CLOSED), "not wanted")
        elif what in ("order", "amend"):
            if known is not None and known.state is OrderState.ACCEPTED:
                with store.begin(NOW) as work:
                    work.set_order_state(with_state(known, OrderState.CLOSED), "another revision")
            asked = replace(samples(cases=figure), revision=revision + 1)
            less = books(store, asked)
            assert as_ordered(less).lines == asked.lines
        with store.begin(NOW) as work:
            held = work.load_order("DD1")
            deducted = (
                sum(line.deducted for line in held.lines)
                if held is not None and held.state is OrderState.ACCEPTED
                else 0
            )
            known_shortfall = work.samples.load(shortfall().number)
            taken = known_shortfall.taken if known_shortfall else 0
        assert taken == deducted
