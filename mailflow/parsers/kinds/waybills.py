"""Waybills (运单跟踪): which truck or courier has what was sent, and where it is."""

from __future__ import annotations

import re

from mailflow.domain.report import ReportKind
from mailflow.domain.waybill import WaybillRow, Waybills
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import Form, code, count, day, text
from mailflow.parsers.kinds.listed_rows import ListedRows
from mailflow.parsers.kinds.near_days import day_meant

FORM = Form(
    kind=ReportKind.WAYBILLS,
    report=Waybills,
    row=WaybillRow,
    slots={
        "waybill": code(Field.WAYBILL),
        "list_no": code(Field.LIST_NO),
        "order_no": code(Field.ORDER_NO),
        "distributor": text(Field.DISTRIBUTOR),
        "carrier": text(Field.CARRIER),
        "pieces": count(Field.QUANTITY, Field.SHIPPED, Field.SENDING),
        "shipped_on": day(Field.SHIPPED_ON, reads=day_meant),
        "arrives_on": day(Field.ARRIVES_ON, reads=day_meant),
        "state": text(Field.STATE, Field.ACTIVE),
        "delivered_on": day(Field.DELIVERED_ON, reads=day_meant),
        "signed_by": text(Field.SIGNED_BY),
        "remark": text(Field.REMARK),
    },
    named=("waybill",),
    needs=(
        frozenset({Field.WAYBILL}),
        frozenset(
            {Field.STATE, Field.ACTIVE, Field.DELIVERED_ON, Field.SIGNED_BY}
            | {Field.SHIPPED_ON, Field.LIST_NO, Field.CARRIER}
        ),
    ),
    proofs=frozenset({Field.STATE, Field.DELIVERED_ON, Field.SIGNED_BY}),
    hints=frozenset(
        {Field.CARRIER, Field.LIST_NO, Field.SHIPPED_ON, Field.ARRIVES_ON, Field.ACTIVE}
    ),
    against=frozenset(
        {
            *(Field.PRODUCT, Field.PRODUCT_CODE, Field.ON_HAND, Field.PAID),
            *(Field.CONSUMER, Field.BABY, Field.RESULT),
        }
    ),
    titles=re.compile(
        "运单跟踪|物流跟踪|运单明细|物流信息|物流状态|在途跟踪|签收情况|签收明细|"
        r"waybill|tracking|delivery\s*status"
    ),
    head=frozenset({Field.CARRIER, Field.SHIPPED_ON, Field.DATE}),
    settles=ListedRows,
    conclusive=frozenset({Field.WAYBILL}),
)
