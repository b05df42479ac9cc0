"""Statistics are sums: whatever they are told by, they come to the same; ratios are told of sums."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mailflow.desk.statistics import Compared, statistics_of
from mailflow.domain.money import ZERO, percent
from mailflow.domain.period import period_in
from mailflow.domain.register import Customer, Register, ShipTo
from mailflow.domain.statistics import Account, Books, Figures, Goods, Listed, change
from mailflow.domain.workdays import Workdays, plain_year

PERIOD = period_in("2026-11")
MADE = datetime(2026, 12, 1, 1, tzinfo=UTC)
WORKDAYS = Workdays(plain_year, ZoneInfo("Asia/Shanghai"))


def customer(code: str, region: str) -> Customer:
    manager = f"{region}@x.example"
    return Customer(code, f"{code}商贸", (), region, manager, "", ShipTo(), ZERO, ZERO, ZERO)


REGISTER = Register(
    customers=(customer("C1", "东区"), customer("C2", "西区"), customer("C3", "西区"))
)
CODES = st.sampled_from(["C1", "C2", "C3", "gone"])
MONEY = st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
TINS = st.integers(0, 10_000)
GOODS = st.builds(Goods, CODES, st.sampled_from(["P1", "P2"]), TINS, MONEY, MONEY, TINS, TINS)
ACCOUNTS = st.builds(Account, CODES, MONEY, MONEY, MONEY, MONEY, MONEY)


def compared(now: Books, before: Books | None = None, only: tuple[str, ...] = ()) -> Compared:
    empty = Books(PERIOD)
    return Compared((now, before or empty, empty), REGISTER, WORKDAYS, MADE, only)


def test_of_nothing_there_is_nothing_and_no_ratio() -> None:
    made = statistics_of(compared(Books(PERIOD)))
    assert made.total.now == Figures()
    assert made.total.change is made.total.now.expense_ratio is made.total.now.on_time_rate is None
    assert made.regions == made.distributors == made.products == ()
    assert made.unlike_ledger == (ZERO, ZERO)


@given(st.lists(GOODS), st.lists(ACCOUNTS, unique_by=lambda a: a.distributor))
def test_every_table_comes_to_the_same_total(goods: list[Goods], accounts: list[Account]) -> None:
    made = statistics_of(compared(Books(PERIOD, goods=tuple(goods), accounts=tuple(accounts))))
    for lines in (made.regions, made.managers, made.distributors):
        assert sum((line.now for line in lines), Figures()) == made.total.now
    products = sum((line.now for line in made.products), Figures())
    assert (products.cash, products.expense) == (made.total.now.cash, made.total.now.expense)
    assert products.tins == sum(g.tins for g in goods)
    assert made.total.now.owed == sum((a.owed for a in accounts), ZERO)


@given(st.lists(GOODS))
def test_who_reads_of_his_regions_reads_of_no_other(goods: list[Goods]) -> None:
    made = statistics_of(compared(Books(PERIOD, goods=tuple(goods)), only=("西区",)))
    mine = [g for g in goods if g.distributor in ("C2", "C3")]
    assert made.total.now.tins == sum(g.tins for g in mine)
    assert sum(line.now.tins for line in made.products) == sum(g.tins for g in mine)
    assert {line.key for line in made.regions} <= {"西区"}


def test_a_list_is_in_time_until_the_third_working_day_is_over() -> None:
    friday = date(2026, 11, 6)
    lists = (
        Listed("C1", friday, date(2026, 11, 11), 2),
        Listed("C1", friday, date(2026, 11, 12), 1),
        Listed("C2", friday, None, 1),
        Listed("C3", date(2026, 11, 30), None, 5),
    )
    made = statistics_of(compared(Books(PERIOD, lists=lists)))
    assert (made.total.now.on_time, made.total.now.late) == (2, 2)
    assert made.total.now.on_time_rate == Decimal("50.0")


def test_what_is_gone_now_is_told_with_what_it_was() -> None:
    before = Books(period_in("2026-10"), goods=(Goods("C1", "P1", 6, Decimal(100)),))
    made = statistics_of(compared(Books(PERIOD), before))
    [line] = made.distributors
    assert (line.name, line.now, line.change) == ("C1商贸", Figures(), Decimal("-100.0"))


def test_what_the_ledger_entered_otherwise_is_said() -> None:
    books = Books(
        PERIOD,
        goods=(Goods("C1", "P1", 6, Decimal("100.00"), Decimal("10.00")),),
        accounts=(Account("C1", sales=Decimal("99.99"), taken=Decimal("10.00")),),
    )
    assert statistics_of(compared(books)).unlike_ledger == (Decimal("0.01"), Decimal("0.00"))


def test_reasons_are_counted_each_and_the_most_frequent_leads() -> None:
    reasons = (("loose-tins", 2), ("loose-tins,price-mismatch", 3), ("", 1))
    made = statistics_of(
        compared(Books(PERIOD, decided=(("accepted", 3), ("returned", 6)), reasons=reasons))
    )
    assert made.desk.reasons == (("loose-tins", 5), ("price-mismatch", 3))
    assert made.desk.touchless_rate == Decimal("33.3")


def test_percents_are_rounded_half_up_and_of_nothing_there_are_none() -> None:
    assert percent(1, 8) == Decimal("12.5")
    assert percent(1, 2000) == Decimal("0.1")
    assert percent(1, 0) is percent(1, -5) is None
    assert change(90, 100) == Decimal("-10.0")
