"""Payments as finance mails them: to the cent, with day and payer; a doubt where not certain."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mailflow.domain.document import Order, Unknown
from mailflow.domain.doubt import DoubtKind
from mailflow.domain.payments import Payments
from tests.parsers.report_books import WHO, crossed, doubted, read, report
from tests.parsers.sheets import A, documents

D = Decimal
TRUE = [(WHO, D("12000.50"), date(2026, 11, 3)), ("别家商贸", D(3000), date(2026, 11, 4))]
LAYOUTS: dict[str, list[list[Any]]] = {
    "plain": [
        ["回款表"],
        ["序号", "回款日期", "经销商", "回款金额", "付款方式", "备注"],
        [1, date(2026, 11, 3), WHO, 12000.50, "银行转账", "货款"],
        [2, "2026年11月4日", "别家商贸", 3000, "现金", None],
        ["合计", None, None, 15000.5],
    ],
    "money as people write it, columns in another order": [
        [],
        [None, "单位：元", None, "制表日期：2026-11-05"],
        [None, "客户名称", "到账金额（元）", "银行流水号", "到账日期"],
        [None, WHO, "¥12,000.50", "2026110300000000123", "2026/11/3"],
        [None, "别家商贸", "３,000元", "2026110400000000456", "20261104"],
        [],
        [None, "合计", "15,000.50"],
        [None, "制表人：王某"],
    ],
    "two storeys": [
        ["11月回款明细"],
        ["经销商", "到账", None],
        [None, "日期", "金额"],
        [WHO, date(2026, 11, 3), 12000.5],
        ["别家商贸", date(2026, 11, 4), 3000],
    ],
    "english": [
        ["Payments received"],
        ["Customer", "Payment date", "Amount received", "Bank", "Reference"],
        [WHO, "3 Nov 2026", "12,000.50", "ICBC", "R-1"],
        ["别家商贸", "4 November 2026", 3000, "ICBC", "R-2"],
    ],
}


def told(found: Payments) -> list[tuple[Any, ...]]:
    return [(r.distributor, r.paid, r.paid_on) for r in found.rows]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_exactly(layout: str) -> None:
    found = report(Payments, *LAYOUTS[layout])
    assert told(found) == TRUE
    assert found.doubts == ()
    assert all(t.number == t.summed for t in found.totals)
    crossed(found)


def test_a_csv_is_read_the_same() -> None:
    raw = f"经销商,回款日期,回款金额,付款人\n{WHO},2026-11-03,12000.50,李某\n".encode("gb18030")
    [found] = documents(raw, "a.csv")
    assert isinstance(found, Payments)
    assert told(found) == TRUE[:1]
    assert found.rows[0].payer == "李某"


def test_long_numbers_of_banks_keep_all_their_digits() -> None:
    found = report(Payments, *LAYOUTS["money as people write it, columns in another order"])
    assert [r.reference for r in found.rows] == ["2026110300000000123", "2026110400000000456"]


@pytest.mark.parametrize(
    "day", ["11月3日", "11/3", "3/11/2026", "2026-13-01", "月初", "2026年11月"]
)
def test_a_day_that_may_be_several_is_doubted(day: str) -> None:
    found = report(Payments, ["经销商", "回款日期", "回款金额"], [WHO, day, 100])
    assert doubted(found) == [(DoubtKind.VALUE_UNREADABLE, "B2")]
    assert found.rows[0].paid_on is None


@pytest.mark.parametrize("money", ["约3000", "1.2万", "3000-4000", "待确认", "$500", "1e3"])
def test_money_that_is_no_amount_is_doubted(money: str) -> None:
    found = report(Payments, ["经销商", "回款日期", "回款金额"], [WHO, "2026-11-03", money])
    assert doubted(found) == [(DoubtKind.VALUE_UNREADABLE, "C2")]
    assert found.rows[0].paid is None


def test_a_row_with_money_and_nobody_named_is_doubted() -> None:
    found = report(Payments, ["经销商", "回款日期", "回款金额"], [None, "2026-11-03", 100])
    assert doubted(found) == [(DoubtKind.NAME_MISSING, "A2")]


def test_a_total_that_differs_is_kept_with_the_sum() -> None:
    rows = [*LAYOUTS["plain"][:-1], ["合计", None, None, 15500]]
    [total] = report(Payments, *rows).totals
    assert (total.number, total.summed, total.at.address) == (15500, D("15000.5"), "D5")


@pytest.mark.parametrize(("title", "kind"), [(f"{WHO}回款明细", Payments), ("回款明细", Unknown)])
def test_whose_it_is_may_stand_in_the_title_alone(title: str, kind: type) -> None:
    rows = [["回款日期", "回款金额", "付款方式"], ["2026-11-03", 100, "银行转账"]]
    [found] = read([title], *rows)
    assert isinstance(found, kind), found


def test_an_order_that_tells_how_it_is_paid_stays_an_order() -> None:
    [found] = read(
        ["回款确认后发货"],
        ["经销商", WHO, "付款方式", "现金"],
        ["产品名称", "规格", "箱数", "单价", "金额"],
        [A, "900g*6听/箱", 10, 100, 6000],
    )
    assert isinstance(found, Order)


@pytest.mark.parametrize("seed", range(20))
def test_money_comes_back_to_the_cent(seed: int) -> None:
    draw = random.Random(seed)
    true = [
        (f"商贸{n}号", D(draw.randint(1, 99_999_999)) / 100, date(2026, 11, draw.randint(1, 28)))
        for n in range(draw.randint(1, 20))
    ]
    rows = [
        [who, draw.choice((day, f"{day:%Y/%m/%d}")), _written(draw, paid)]
        for who, paid, day in true
    ]
    header = [draw.choice(("经销商", "客户名称")), draw.choice(("回款日期", "到账日期")),
              draw.choice(("回款金额", "到账金额（元）"))]  # fmt: skip
    total = sum((paid for _, paid, _ in true), D(0))
    found = report(Payments, header, *rows, ["合计", None, float(total)])
    assert told(found) == true
    [said] = found.totals
    assert said.number == total


def _written(draw: random.Random, money: Decimal) -> object:
    return draw.choice((float(money), f"{money:,}", f"¥{money:,.2f}", f"{money}元"))
