"""Which month a text names, and that days, spans and sums of months name none."""

from __future__ import annotations

from datetime import date

import pytest

from mailflow.domain.doubt import DoubtKind
from mailflow.domain.inventory import Inventory
from mailflow.domain.month import Month
from mailflow.parsers.grid import Cell
from mailflow.parsers.kinds.report_month import month_in, months_in
from mailflow.parsers.kinds.report_values import Unreadable
from tests.parsers.report_books import crossed, doubted, report
from tests.parsers.sheets import A

OCTOBER = Month(2026, 10)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *((t, OCTOBER) for t in ("2026年10月", "2026-10", "2026/10", "2026.10", "202610", "26年10月")),
        *((t, OCTOBER) for t in ("小叶子2026年10月库存.xlsx", "2026年 10 月份库存报表", "２０２６年１０月")),
        *((t, OCTOBER) for t in ("Oct 2026", "October, 2026", "2026年十月", "2026年度库存表（10月）")),
        *((t, Month(None, 10)) for t in ("10月库存", "十月份", "October stock", "库存10月")),
        *((t, Month(None, 1)) for t in ("1月", "一月", "Jan")),
        ("11月", Month(None, 11)),
        ("十二月", Month(None, 12)),
    ],
)  # fmt: skip
def test_a_month_is_found_in_a_text(text: str, month: Month) -> None:
    assert months_in(text) == (month,)


@pytest.mark.parametrize(
    "text",
    ["2026-10-31", "10月31日", "20261031", "2026年", "13月", "0月", "1-10月", "3月至10月", "2026年1月-2026年10月", "一至三月", "上月", "本月库存",
     "900g*6听/箱", "FY-2026-1001", "marketing", "maybe", "12.5", "2026年10月31日盘点"],
)  # fmt: skip
def test_what_is_no_month_names_none(text: str) -> None:
    assert months_in(text) == ()


def test_a_day_beside_a_month_is_no_second_month() -> None:
    assert months_in("10月库存（2026年11月5日填报）") == (Month(None, 10),)


def test_two_months_are_two() -> None:
    assert len(months_in("9月、10月库存")) == 2


@pytest.mark.parametrize(
    "cell", [Cell("2026-10-01", day=date(2026, 10, 1)), Cell("2026年10月"), Cell("202610")]
)
def test_a_cell_of_a_month(cell: Cell) -> None:
    assert month_in(cell) == OCTOBER


def test_a_bare_number_is_a_month_in_a_column_of_months() -> None:
    assert month_in(Cell("10")) == Month(None, 10)
    assert month_in(Cell("-")) is None
    for text in ("13", "0", "9-10月", "2026", "十月上旬和9月"):
        with pytest.raises(Unreadable):
            month_in(Cell(text))


HEAD = ["品名", "期初（箱）", "进货（箱）", "销售（箱）", "期末（箱）"]
ROW = [A, 10, 5, 3, 12]


def test_a_report_is_of_the_month_its_label_says() -> None:
    found = report(Inventory, ["库存报表"], ["月份：2026年10月"], HEAD, ROW)
    assert (found.month, found.doubts) == (OCTOBER, ())
    crossed(found)


def test_title_and_name_say_it_together() -> None:
    found = report(Inventory, ["10月库存报表"], HEAD, ROW, name="小叶子2026年10月.xlsx")
    assert (found.month, found.doubts) == (OCTOBER, ())


def test_label_and_title_of_two_months_are_asked_about() -> None:
    found = report(Inventory, ["9月库存报表"], ["月份：2026年10月"], HEAD, ROW)
    assert found.month is None
    assert doubted(found) == [(DoubtKind.VALUE_UNREADABLE, "A2")]


def test_a_label_that_names_no_month_is_doubted() -> None:
    found = report(Inventory, ["库存报表"], ["月份：三季度"], HEAD, ROW, name="10月.xlsx")
    assert found.month is None
    assert doubted(found) == [(DoubtKind.VALUE_UNREADABLE, "A2")]


def test_where_nobody_says_it_there_is_none() -> None:
    found = report(Inventory, ["库存报表"], HEAD, ROW)
    assert (found.month, found.doubts) == (None, ())
