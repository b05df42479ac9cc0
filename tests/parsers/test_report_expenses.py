"""Approved marketing expenses: whose, how much, by which approval; what was asked for is not it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mailflow.domain.doubt import DoubtKind
from mailflow.domain.expenses import Expenses
from tests.parsers.report_books import WHO, crossed, doubted, read, report

D = Decimal
TRUE = [("FY-001", WHO, D("5000.00"), date(2026, 11, 1)), ("FY-002", "别家", D("800.5"), date(2026, 11, 2))]  # fmt: skip
LAYOUTS: dict[str, list[list[Any]]] = {
    "plain": [
        ["11月已批市场费用"],
        ["审批单号", "经销商", "费用类型", "申请金额", "批准金额", "批准日期", "审批人"],
        ["FY-001", WHO, "陈列费", 6000, 5000, date(2026, 11, 1), "张某"],
        ["FY-002", "别家", "促销活动", 800.5, 800.5, date(2026, 11, 2), "张某"],
        ["合计", None, None, 6800.5, 5800.5],
    ],
    "english, columns in another order": [
        ["Approved marketing expenses"],
        [],
        ["Distributor", "Approved amount", "Approval date", "Activity", "Approval no."],
        [WHO, "5,000.00", "2026-11-01", "Display", "FY-001"],
        ["别家", "¥800.50", "2026-11-02", "Promotion", "FY-002"],
    ],
    "two storeys": [
        ["市场费用核销表"],
        ["审批单号", "客户", "费用", None, "审批日期"],
        [None, None, "申请金额", "批准金额", None],
        ["FY-001", WHO, 6000, 5000, "2026年11月1日"],
        ["FY-002", "别家", 900, 800.5, "2026.11.2"],
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_exactly(layout: str) -> None:
    found = report(Expenses, *LAYOUTS[layout])
    assert [(r.approval_no, r.distributor, r.approved, r.approved_on) for r in found.rows] == TRUE
    assert found.doubts == ()
    crossed(found)


def test_what_came_of_an_application_is_kept_as_written() -> None:
    found = report(
        Expenses,
        ["经销商", "费用类型", "批准金额", "审批结果"],
        [WHO, "陈列费", 5000, "同意"],
        ["别家", "堆头", 300, "驳回"],
    )
    assert [r.approval for r in found.rows] == ["同意", "驳回"]


def test_what_was_only_asked_for_is_no_approved_expense() -> None:
    found = read(["经销商", "费用类型", "申请金额"], [WHO, "陈列费", 5000])
    assert not any(isinstance(d, Expenses) for d in found)


def test_what_cannot_be_read_is_doubted_at_its_cell() -> None:
    found = report(
        Expenses, ["经销商", "费用类型", "批准金额", "批准日期"], [WHO, "陈列费", "约5000", "上周"]
    )
    assert doubted(found) == [
        (DoubtKind.VALUE_UNREADABLE, "C2"),
        (DoubtKind.VALUE_UNREADABLE, "D2"),
    ]
