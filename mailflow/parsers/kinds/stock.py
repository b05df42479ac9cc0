"""Warehouse stock (仓库库存): what lies in our own warehouse, by product, batch and place."""

from __future__ import annotations

import re

from mailflow.domain.report import ReportKind
from mailflow.domain.stock import Stock, StockRow
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import GOODS, PRODUCT_SLOTS, Form, count, day, text

FORM = Form(
    kind=ReportKind.STOCK,
    report=Stock,
    row=StockRow,
    slots={
        **PRODUCT_SLOTS,
        "warehouse": text(Field.WAREHOUSE),
        "location": text(Field.LOCATION),
        "batch": text(Field.BATCH, Field.BATCH_AND_EXPIRY),
        "produced": day(Field.PRODUCED),
        "expires": day(Field.EXPIRES),
        "on_hand": count(Field.ON_HAND, Field.CLOSING, Field.QUANTITY),
        "available": count(Field.AVAILABLE),
        "reserved": count(Field.RESERVED),
        "damaged": count(Field.DAMAGED),
        "in_transit": count(Field.IN_TRANSIT),
        "remark": text(Field.REMARK),
    },
    named=("code", "name"),
    needs=(
        GOODS,
        frozenset({Field.ON_HAND, Field.AVAILABLE, Field.QUANTITY, Field.CLOSING, Field.AT_PLACE}),
    ),
    proofs=frozenset(
        {
            *(Field.ON_HAND, Field.AVAILABLE, Field.RESERVED, Field.DAMAGED),
            *(Field.WAREHOUSE, Field.LOCATION, Field.AT_PLACE),
        }
    ),
    hints=frozenset({Field.BATCH, Field.EXPIRES, Field.PRODUCED, Field.IN_TRANSIT}),
    against=frozenset(
        {
            *(Field.SOLD, Field.OPENING, Field.DISTRIBUTOR, Field.DISTRIBUTOR_CODE, Field.SHIPPED),
            *(Field.WAYBILL, Field.CARRIER, Field.LIST_NO, Field.PAID, Field.STORE),
        }
    ),
    titles=re.compile(
        "仓库库存|即时库存|库存明细|成品库存|库存清单|库存盘点|盘点表|仓储库存|仓库存货|库存日报|库存快照|总仓库存|仓.{0,4}库存|"
        r"warehouse\s*stock|stock\s*on\s*hand|warehouse\s*inventory|stock\s*list|stock\s*count"
    ),
    head=frozenset({Field.WAREHOUSE, Field.DATE, Field.UNIT}),
)
