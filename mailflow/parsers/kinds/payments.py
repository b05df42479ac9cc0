"""Payments received (回款表): which distributor's money arrived, how much, and when."""

from __future__ import annotations

import re

from mailflow.domain.payments import PaymentRow, Payments
from mailflow.domain.report import ReportKind
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.kinds.form import WHOSE, Form, code, day, money, text

FORM = Form(
    kind=ReportKind.PAYMENTS,
    report=Payments,
    row=PaymentRow,
    slots={
        "distributor_code": code(Field.DISTRIBUTOR_CODE, Field.CODE),
        "distributor": text(Field.DISTRIBUTOR, Field.NAME),
        "region": text(Field.REGION),
        "paid": money(Field.PAID, Field.AMOUNT),
        "paid_on": day(Field.PAID_ON, Field.SENT_ON, Field.DATE),
        "payer": text(Field.PAYER),
        "bank": text(Field.BANK),
        "reference": code(Field.REFERENCE),
        "method": text(Field.METHOD),
        "funding": text(Field.FUNDING),
        "order_no": code(Field.ORDER_NO),
        "remark": text(Field.REMARK),
    },
    named=("distributor", "distributor_code", "payer"),
    needs=(
        frozenset({*WHOSE, Field.PAYER, Field.NAME, Field.CODE}),
        frozenset({Field.PAID, Field.AMOUNT}),
    ),
    proofs=frozenset({Field.PAID, Field.PAID_ON, Field.SENT_ON, Field.PAYER}),
    hints=frozenset(
        {
            *(Field.BANK, Field.REFERENCE, Field.METHOD, Field.FUNDING, Field.REGION),
            *(Field.MANAGER, *WHOSE),
        }
    ),
    against=frozenset(
        {
            *(Field.PRODUCT, Field.PRODUCT_CODE, Field.SPEC, Field.PRICE, Field.APPROVED),
            *(Field.EXPENSE_KIND, Field.ACTIVITY, Field.WAYBILL, Field.CONSUMER),
            *(Field.CREDIT_LIMIT, *COUNTS),
        }
    ),
    titles=re.compile(
        "回款|到账|到款|收款|打款|来款|汇款|"
        r"payments?\s*(?:received|list|report)?|receipts|remittances?"
    ),
    head=frozenset(
        {
            *(Field.DISTRIBUTOR, Field.DISTRIBUTOR_CODE, Field.REGION),
            *(Field.MONTH, Field.DATE, Field.UNIT),
        }
    ),
)
