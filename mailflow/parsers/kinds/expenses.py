"""Approved marketing expenses (已批市场费用): for which distributor, how much, by which approval."""

from __future__ import annotations

import re

from mailflow.domain.expenses import ExpenseRow, Expenses
from mailflow.domain.report import ReportKind
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.kinds.form import WHOSE, Form, code, day, money, month, text

FORM = Form(
    kind=ReportKind.EXPENSES,
    report=Expenses,
    row=ExpenseRow,
    slots={
        "distributor_code": code(Field.DISTRIBUTOR_CODE, Field.CODE),
        "distributor": text(Field.DISTRIBUTOR, Field.NAME),
        "region": text(Field.REGION),
        "month": month(Field.MONTH),
        "approval_no": code(Field.APPROVAL_NO),
        "expense_kind": text(Field.EXPENSE_KIND),
        "activity": text(Field.ACTIVITY),
        "applied": money(Field.APPLIED),
        "approved": money(Field.APPROVED, Field.EXPENSE, Field.AMOUNT),
        "approved_on": day(Field.APPROVED_ON, Field.DATE),
        "approver": text(Field.APPROVER),
        "approval": text(Field.APPROVAL),
        "remark": text(Field.REMARK),
    },
    named=("distributor", "distributor_code"),
    needs=(
        frozenset({*WHOSE, Field.NAME, Field.CODE}),
        frozenset({Field.APPROVED, Field.EXPENSE, Field.AMOUNT}),
    ),
    proofs=frozenset({Field.APPROVED, Field.APPROVAL_NO, Field.APPROVED_ON, Field.EXPENSE_KIND}),
    hints=frozenset(
        {
            *(Field.EXPENSE, Field.ACTIVITY, Field.APPLIED, Field.APPROVER, Field.APPROVAL),
            *(Field.MONTH, Field.REGION, Field.MANAGER, *WHOSE),
        }
    ),
    against=frozenset(
        {
            *(Field.SPEC, Field.PRICE, Field.PAID, Field.PAYER),
            *(Field.BANK, Field.WAYBILL, Field.CONSUMER, Field.CREDIT_LIMIT, *COUNTS),
        }
    ),
    titles=re.compile(
        "(?:市场|营销|活动|促销)费用?|费用.{0,4}(?:批|核)|(?:批|核)[^\\n]{0,4}费用|核销|"
        r"approved\s*(?:marketing\s*)?expenses?|marketing\s*expenses?|expense\s*approvals?"
    ),
    head=frozenset(
        {
            *(Field.DISTRIBUTOR, Field.DISTRIBUTOR_CODE, Field.REGION),
            *(Field.MONTH, Field.DATE, Field.UNIT),
        }
    ),
)
