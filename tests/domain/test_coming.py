"""What a price will be is told to whom it concerns, and nothing where nothing changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mailflow.domain.budget import Budget
from mailflow.domain.coming import coming_budgets, coming_prices
from mailflow.domain.register import Customer, PricePeriod, Register, ShipTo
from tests.rules.desk import REGISTER

TODAY, FIRST = date(2026, 11, 9), date(2026, 12, 1)
OLD, NEW = Decimal("168.00"), Decimal("172.50")


def customer(code: str, region: str) -> Customer:
    nothing = Decimal(0)
    return Customer(code, code, (), region, "", "", ShipTo(), nothing, nothing, nothing)


N1, N2, S1 = customer("N1", "北区"), customer("N2", "北区"), customer("S1", "南区")
EVERY = (N1, N2, S1)


def told(*prices: PricePeriod, of: tuple[Customer, ...] = EVERY) -> list[tuple[object, ...]]:
    product = replace(REGISTER.products[0], prices=(PricePeriod(OLD), *prices))
    found = coming_prices(Register(products=(product,), customers=EVERY), of, TODAY)
    return [(p.day, p.before, p.after, p.whose) for p in found]


def test_nothing_is_told_of_what_holds_already_stays_or_is_not_his() -> None:
    assert told() == []
    assert told(PricePeriod(NEW, TODAY)) == []
    assert told(PricePeriod(OLD, FIRST)) == []
    assert told(PricePeriod(NEW, FIRST, distributor="N1"), of=(N2, S1)) == []
    assert told(PricePeriod(NEW, FIRST), of=()) == []
    product = replace(REGISTER.products[0], prices=(PricePeriod(OLD), PricePeriod(NEW, FIRST)))
    gone = Register(products=(replace(product, active=False),), customers=EVERY)
    assert coming_prices(gone, EVERY, TODAY) == ()


def test_a_price_for_all_a_region_or_one_is_told_with_whose_it_is() -> None:
    assert told(PricePeriod(NEW, FIRST)) == [(FIRST, OLD, NEW, ())]
    assert told(PricePeriod(NEW, FIRST, region="北区")) == [(FIRST, OLD, NEW, ("北区",))]
    assert told(PricePeriod(NEW, FIRST, distributor="n2")) == [(FIRST, OLD, NEW, ("N2",))]
    assert told(PricePeriod(NEW, FIRST, distributor="N2"), of=(N2,)) == [(FIRST, OLD, NEW, ())]


def test_a_price_for_a_time_is_told_at_both_its_ends() -> None:
    for_december = PricePeriod(NEW, FIRST, until=date(2026, 12, 31), distributor="S1")
    assert told(for_december) == [
        (FIRST, OLD, NEW, ("S1",)),
        (date(2027, 1, 1), NEW, OLD, ("S1",)),
    ]
    ends_today = PricePeriod(NEW, date(2026, 11, 1), until=TODAY)
    assert told(ends_today) == [(date(2026, 11, 10), NEW, OLD, ())]


NOV, DEC, JAN, FEB = date(2026, 11, 1), FIRST, date(2027, 1, 1), date(2027, 2, 1)


def budgets(*of: tuple[str, date | None, int]) -> list[tuple[object, ...]]:
    every = [Budget(region, month, Decimal(amount)) for region, month, amount in of]
    found = coming_budgets(every, ("北区", "南区"), NOV)
    return [(b.month, b.region, b.before, b.after) for b in found]


def test_no_budget_is_told_that_holds_already_stays_or_is_of_another_region() -> None:
    assert budgets() == []
    assert budgets(("北区", None, 5)) == []
    assert budgets(("北区", None, 5), ("北区", NOV, 5), ("北区", DEC, 5)) == []
    assert budgets(("北区", date(2026, 9, 1), 5), ("东区", DEC, 5)) == []


def test_a_budget_of_coming_months_is_told_where_it_begins_changes_and_ends() -> None:
    assert budgets(("北区", DEC, 5)) == [(DEC, "北区", None, 5), (JAN, "北区", 5, None)]
    of_its_own = ("北区", None, 5), ("北区", NOV, 7), ("北区", JAN, 0), ("南区", DEC, 9)
    assert budgets(*of_its_own) == [
        (DEC, "北区", 7, 5),
        (DEC, "南区", None, 9),
        (JAN, "北区", 5, 0),
        (JAN, "南区", 9, None),
        (FEB, "北区", 0, 5),
    ]
