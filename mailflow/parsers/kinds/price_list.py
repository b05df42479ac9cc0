"""A price list (价格表): products with a price and the day it holds from."""

from __future__ import annotations

import re

from mailflow.domain.mailed_tables import PriceList, PriceRow
from mailflow.domain.report import ReportKind
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.kinds.form import GOODS, WHOSE, Form, code, day, money, text

FORM = Form(
    kind=ReportKind.PRICES,
    report=PriceList,
    row=PriceRow,
    slots={
        "sku": code(Field.PRODUCT_CODE, Field.CODE),
        "name": text(Field.PRODUCT, Field.NAME),
        "spec": text(Field.SPEC),
        "price": money(Field.PRICE),
        "since": day(Field.VALID_FROM),
        "until": day(Field.EXPIRES),
        "region": text(Field.REGION),
        "distributor": code(Field.DISTRIBUTOR_CODE, Field.DISTRIBUTOR),
        "remark": text(Field.REMARK),
    },
    named=("sku", "name"),
    needs=(GOODS, frozenset({Field.PRICE})),
    proofs=frozenset({Field.VALID_FROM}),
    hints=frozenset({Field.PRICE, Field.SPEC, Field.REGION, *WHOSE}),
    against=frozenset(
        {
            *(Field.AMOUNT, Field.FUNDING, Field.CONSIGNEE, Field.PHONE, Field.ADDRESS),
            *(Field.BATCH, Field.PRODUCED, Field.PAID, Field.WAYBILL, Field.CONSUMER, Field.STORE),
            *(Field.CREDIT_LIMIT, Field.ROLE, *COUNTS),
        }
    ),
    titles=re.compile(
        "价格表|价目表|价格单|报价表|调价|价格调整|供货价|出厂价表|特价|price\\s*list|^prices?(?:\\.\\w+)?$"
    ),
    head=frozenset({Field.VALID_FROM, Field.EXPIRES, Field.REGION, *WHOSE}),
    beside=False,
)
