"""A distributor's inventory report (经销商库存报表): opening, received, sold, closing, by product."""

from __future__ import annotations

import re

from mailflow.domain.inventory import Inventory, InventoryRow
from mailflow.domain.report import ReportKind
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import (
    GOODS,
    PRODUCT_SLOTS,
    WHOSE,
    Form,
    code,
    count,
    day,
    month,
    text,
)

FORM = Form(
    kind=ReportKind.INVENTORY,
    report=Inventory,
    row=InventoryRow,
    slots={
        "distributor_code": code(Field.DISTRIBUTOR_CODE),
        "distributor": text(Field.DISTRIBUTOR),
        "store": text(Field.STORE),
        "month": month(Field.MONTH),
        **PRODUCT_SLOTS,
        "batch": code(Field.BATCH, Field.BATCH_AND_EXPIRY),
        "produced": day(Field.PRODUCED),
        "expires": day(Field.EXPIRES),
        "opening": count(Field.OPENING),
        "received": count(Field.RECEIVED),
        "sold": count(Field.SOLD),
        "moved_in": count(Field.MOVED_IN, adds=True),
        "moved_out": count(Field.MOVED_OUT, adds=True),
        "other_moves": count(Field.OTHER_MOVES),
        "closing": count(Field.CLOSING, Field.ON_HAND),
        "remark": text(Field.REMARK),
    },
    named=("code", "name"),
    needs=(GOODS, frozenset({Field.CLOSING, Field.ON_HAND, Field.SOLD})),
    proofs=frozenset({Field.OPENING, Field.SOLD, Field.CLOSING, *WHOSE}),
    hints=frozenset(
        {
            *(Field.ON_HAND, Field.RECEIVED, Field.MOVED_IN, Field.MOVED_OUT, Field.OTHER_MOVES),
            *(Field.BATCH, Field.EXPIRES, Field.PRODUCED, Field.MONTH, Field.DAYS_OF_COVER),
            *(Field.REGION, Field.MANAGER, Field.STORE),
        }
    ),
    against=frozenset(
        {
            *(Field.LOCATION, Field.RESERVED, Field.SHIPPED, Field.ORDERED, Field.WAYBILL),
            *(Field.CARRIER, Field.LIST_NO, Field.PAID, Field.APPROVED, Field.CONSUMER),
        }
    ),
    titles=re.compile(
        "经销商.{0,6}(?:库存|进销存)|客户.{0,4}(?:库存|进销存)|进销存|库存(?:月)?报表|库存上报|库存月报|月末库存|月度库存|渠道库存|"
        "门店库存|终端库存|(?:\\d|[一二三四五六七八九十])月份?(?:末|底)?库存|"
        r"inventory\s*report|(?:distributor|dealer)\s*(?:stock|inventory)|sell[\s-]*through|monthly\s*(?:stock|inventory)"
    ),
    head=frozenset(
        {
            *(Field.DISTRIBUTOR, Field.DISTRIBUTOR_CODE, Field.REGION),
            *(Field.MONTH, Field.DATE, Field.UNIT),
        }
    ),
)
