"""Which marketing expenses of distributors were approved (S5, 市场费用)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from mailflow.domain.month import Month
from mailflow.domain.report import Report, ReportRow
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseRow(ReportRow):
    """One expense of one distributor, in CNY. `approval` is what a column of results says, as
    written: `同意`, `驳回`."""

    distributor_code: str = ""
    distributor: str = ""
    region: str = ""
    month: Month | None = None
    approval_no: str = ""
    expense_kind: str = ""
    activity: str = ""
    applied: Decimal | None = None
    approved: Decimal | None = None
    approved_on: date | None = None
    approver: str = ""
    approval: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expenses(Report):
    """The head may say `distributor`, `distributor-code`, `region`, `month`, `date` and `unit`."""

    rows: tuple[ExpenseRow, ...] = ()
    kind: Literal["expenses"] = "expenses"
