"""The catalogue of products (产品目录), by the columns of its master table."""

from __future__ import annotations

import re

from mailflow.domain.mailed_tables import ProductRow, Products
from mailflow.domain.report import ReportKind
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.kinds.form import Form, code, money, text

FORM = Form(
    kind=ReportKind.PRODUCTS,
    report=Products,
    row=ProductRow,
    slots={
        "sku": code(Field.PRODUCT_CODE, Field.CODE),
        "name": text(Field.PRODUCT, Field.NAME),
        "english_name": text(Field.ENGLISH_NAME),
        "aliases": text(Field.ALIASES),
        "spec": text(Field.SPEC),
        "unit": text(Field.UNIT),
        "units_per_case": text(Field.PER_CASE),
        "price": money(Field.PRICE),
        "kind": text(Field.PRODUCT_KIND),
        "active": text(Field.ACTIVE),
        "remark": text(Field.REMARK),
    },
    named=("name", "sku"),
    needs=(
        frozenset({Field.PRODUCT_CODE, Field.CODE}),
        frozenset(
            {
                *(Field.PER_CASE, Field.PRODUCT_KIND, Field.ACTIVE, Field.ENGLISH_NAME),
                *(Field.PRICE, Field.ALIASES),
            }
        ),
    ),
    proofs=frozenset({Field.PRODUCT_KIND, Field.ACTIVE, Field.ENGLISH_NAME}),
    hints=frozenset({Field.PER_CASE, Field.ALIASES, Field.SPEC, Field.PRICE, Field.PRODUCT_CODE}),
    against=frozenset(
        {
            *(Field.DISTRIBUTOR, Field.DISTRIBUTOR_CODE, Field.CREDIT_LIMIT, Field.PAID),
            *(Field.AMOUNT, Field.FUNDING, Field.VALID_FROM, Field.EMAIL, Field.PHONE, Field.ROLE),
            *(Field.BATCH, Field.WAYBILL, Field.CONSUMER, Field.STORE, *COUNTS),
        }
    ),
    titles=re.compile(
        "(?:产品|商品|单品|品项|sku).{0,3}(?:目录|名单|档案|资料|信息表|清册|主数据)|"
        r"product\s*(?:register|list|master|catalogue|catalog)|^products?(?:\.\w+)?$"
    ),
    head=frozenset({Field.DATE}),
    beside=False,
)
