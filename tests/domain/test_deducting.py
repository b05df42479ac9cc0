"""Sample tins are taken off later orders in whole cases, never below zero, and each tin once, whatever
happens to the orders in between."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.domain.called import CallSums, StoreSums
from mailflow.domain.deducting import Deducting, as_ordered
from mailflow.domain.funding import Funding
from mailflow.domain.order import BookedLine, BookedOrder, OrderState
from mailflow.domain.register import Customer, ShipTo
from mailflow.domain.shortfall import Shortfall, UseStandard, percent, shortfalls_of, to_take

NOVEMBER, CASE = date(2026, 11, 1), 24
NOTHING = Decimal(0)
CUSTOMER = Customer(
    *("N101", "小叶子", (), "北区", "bei@x.example", "", ShipTo()), NOTHING, NOTHING, NOTHING
)


def shortfall(
    number: str = "XT-1", heard: int = 100, used: int = 20, taken: int = 0, **change: object
) -> Shortfall:
    found = Shortfall(
        number=number,
        distributor="N101",
        key="阳光店",
        store="阳光店",
        sku="S",
        month=NOVEMBER,
        heard=heard,
        used=used,
        standard=600,
        taken=taken,
    )
    return replace(found, **change)  # type: ignore[arg-type] # fields of a frozen value


def line(sku: str = "S", tins: int = 48, funding: Funding = Funding.SAMPLE) -> BookedLine:
    return BookedLine("S!A1", sku, sku, "", CASE, tins, NOTHING, NOTHING, funding)


def order(*lines: BookedLine, revision: int = 1) -> BookedOrder:
    return BookedOrder(
        number="DD261201-0001",
        revision=revision,
        mail_id=1,
        position=0,
        customer=CUSTOMER,
        their_number="",
        day=NOVEMBER,
        received=datetime(2026, 12, 1, tzinfo=UTC),
        month=NOVEMBER,
        ship_to=ShipTo(),
        lines=lines,
        state=OrderState.ACCEPTED,
        fingerprint="f",
        register_version="1",
        attachment="a.xlsx",
        where="S!A1:B2",
    )


OTHERS = line("M", 60, Funding.CASH)


def test_nothing_is_taken_off_without_a_shortfall_of_the_same_product_and_distributor() -> None:
    whole = order(line(), OTHERS)
    assert Deducting({}).less(whole) is whole
    assert Deducting({"N102": (shortfall(),)}).less(whole) is whole
    assert Deducting({"N101": (shortfall(sku="T"),)}).less(whole) is whole


def test_nothing_is_taken_off_what_is_paid_for() -> None:
    whole = order(line(funding=Funding.CASH), OTHERS)
    assert Deducting({"N101": (shortfall(),)}).less(whole) is whole


def test_less_than_a_case_waits() -> None:
    short = shortfall(heard=50, used=7)
    assert short.tins == 23
    assert Deducting({"N101": (short,)}).less(order(line(), OTHERS)).deductions == ()


def test_whole_cases_are_taken_off_with_the_reason_of_each_store() -> None:
    first, second = shortfall("XT-1", 30, 3), shortfall("XT-2", 30, 1, store="月亮店")
    less = Deducting({"N101": (first, second)}).less(order(OTHERS, line()))
    assert [(li.tins, li.deducted, li.ordered) for li in less.lines] == [(60, 0, 60), (24, 24, 48)]
    assert [(d.position, d.tins, d.store) for d in less.deductions] == [
        (1, 15, "阳光店"),
        (1, 9, "月亮店"),
    ]


def test_an_order_of_nothing_else_keeps_its_last_case() -> None:
    short = {"N101": (shortfall(heard=1000, used=0),)}
    assert [li.tins for li in Deducting(short).less(order(line())).lines] == [24]
    assert Deducting(short).less(order(line(tins=24))).deductions == ()
    assert [li.tins for li in Deducting(short).less(order(line(), OTHERS)).lines] == [0, 60]


def test_several_orders_of_one_mail_give_each_tin_once() -> None:
    deducting = Deducting({"N101": (shortfall(),)})
    given = [deducting.less(order(line(), OTHERS)).lines[0].deducted for _ in range(3)]
    assert given == [24, 0, 0]


def test_what_was_taken_too_much_is_set_against_the_rest() -> None:
    too_much, rest = shortfall("XT-1", used=60, taken=24), shortfall("XT-2")
    assert (too_much.left, rest.left) == (-24, 40)
    assert to_take((too_much, rest)) == 16
    waived = replace(shortfall("XT-3"), is_waived=True, taken=24)
    assert to_take((waived, rest)) == 16


@pytest.mark.parametrize(
    ("heard", "used", "standard", "tins"),
    [(100, 60, 600, 0), (100, 59, 600, 1), (7, 3, 600, 1), (1, 0, 999, 0), (0, 0, 600, 0)],
)
def test_a_share_of_a_tin_is_not_asked_of_a_store(
    heard: int, used: int, standard: int, tins: int
) -> None:
    sums = CallSums(sent=heard, heard=heard, used=used)
    told = StoreSums(
        distributor="N101", store="阳光店", key="阳光店", sku="S", month=NOVEMBER, sums=sums
    )
    [found] = shortfalls_of([told], UseStandard(standard))
    assert found.tins == tins


def test_a_product_has_a_standard_of_its_own() -> None:
    standard = UseStandard(600, {"s": 0})
    assert (standard.of("S"), standard.of("T")) == (0, 600)
    assert [percent(p) for p in (None, 600, 573, 5)] == ["—", "60%", "57.3%", "0.5%"]


@dataclass
class Books:
    """What orders in the books took, as the store keeps it."""

    due: dict[str, int]
    taken: dict[int, dict[str, int]] = field(default_factory=dict)
    """By order: tins by shortfall."""

    def open_ones(self, without: int | None = None) -> dict[str, tuple[Shortfall, ...]]:
        found = []
        for number, tins in self.due.items():
            taken = sum(each.get(number, 0) for key, each in self.taken.items() if key != without)
            found.append(shortfall(number, heard=tins, used=0, standard=1000, taken=taken))
        return {"N101": tuple(found)}

    def book(self, key: int, cases: int) -> BookedOrder:
        """A new order, or another revision of one: what that one took comes back first."""
        shortfalls = self.open_ones(without=key)
        less = Deducting(shortfalls).less(order(line(tins=cases * CASE), OTHERS))
        self.taken[key] = {}
        for each in less.deductions:
            self.taken[key][each.number] = self.taken[key].get(each.number, 0) + each.tins
        return less


EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("order"), st.integers(0, 3), st.integers(1, 4)),
        st.tuples(st.just("cancel"), st.integers(0, 3), st.just(0)),
        st.tuples(st.just("results"), st.integers(0, 2), st.integers(0, 90)),
    ),
    max_size=20,
)


@settings(max_examples=300, deadline=None)
@given(EVENTS)
def test_over_any_sequence_of_orders_changes_and_cancellations_each_tin_is_taken_once(
    events: list[tuple[str, int, int]],
) -> None:
    books = Books({})
    for what, which, figure in events:
        before = {key: dict(each) for key, each in books.taken.items()}
        if what == "results":
            books.due[f"XT-{which}"] = figure
        elif what == "cancel":
            books.taken.pop(which, None)
        else:
            less = books.book(which, figure)
            assert less.lines[0].ordered == figure * CASE
            assert less.lines[0].tins >= 0
            assert less.lines[0].deducted % CASE == 0
            assert sum(d.tins for d in less.deductions) == less.lines[0].deducted
            assert as_ordered(less).lines == (line(tins=figure * CASE), OTHERS)
            others = {k: v for k, v in books.taken.items() if k != which}
            assert others == {k: v for k, v in before.items() if k != which}
            # What is taken now was due, and nobody else has taken it.
            all_taken = sum(sum(each.values()) for each in books.taken.values())
            taken_now = sum(books.taken[which].values())
            assert taken_now == 0 or all_taken <= sum(books.due.values())
            left = sum(books.due.values()) - all_taken
            full = less.lines[0].tins == 0
            assert full or left < CASE
