"""The register of distributors (经销商名单), by the columns of its master table."""

from __future__ import annotations

import re

from mailflow.domain.distributors import DistributorRow, Distributors
from mailflow.domain.report import ReportKind
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.kinds.form import WHOSE, Form, code, money, text
from mailflow.parsers.kinds.report_codes import phone_in

FORM = Form(
    kind=ReportKind.DISTRIBUTORS,
    report=Distributors,
    row=DistributorRow,
    slots={
        "code": code(Field.DISTRIBUTOR_CODE, Field.CODE),
        "name": text(Field.DISTRIBUTOR, Field.NAME),
        "aliases": text(Field.ALIASES),
        "region": text(Field.REGION),
        "regional_manager": text(Field.MANAGER_EMAIL, Field.MANAGER),
        "email": text(Field.EMAIL),
        "consignee": text(Field.CONSIGNEE, Field.PERSON),
        "phone": code(Field.PHONE, reads=phone_in),
        "address": text(Field.ADDRESS),
        "delivery_address": text(Field.DELIVERY_ADDRESS),
        "credit_limit": money(Field.CREDIT_LIMIT),
        "expense_balance": money(Field.EXPENSE_BALANCE),
        "owed": money(Field.OWED),
        "remark": text(Field.REMARK),
    },
    named=("name", "code"),
    needs=(
        frozenset({*WHOSE, Field.NAME, Field.CODE}),
        frozenset({Field.REGION, Field.MANAGER, Field.MANAGER_EMAIL, Field.ADDRESS}),
        frozenset({Field.PHONE, Field.ADDRESS, Field.CREDIT_LIMIT, Field.EMAIL}),
    ),
    proofs=frozenset(
        {
            *(Field.CREDIT_LIMIT, Field.ALIASES, Field.DELIVERY_ADDRESS, Field.EXPENSE_BALANCE),
            *(Field.MANAGER_EMAIL, Field.DISTRIBUTOR_CODE),
        }
    ),
    hints=frozenset(
        {
            *(Field.DISTRIBUTOR, Field.REGION, Field.MANAGER, Field.EMAIL, Field.CONSIGNEE),
            *(Field.PHONE, Field.ADDRESS, Field.OWED),
        }
    ),
    against=frozenset(
        {
            *(Field.PRODUCT, Field.PRODUCT_CODE, Field.SPEC, Field.PRICE, Field.PAID, Field.PAYER),
            *(Field.APPROVED, Field.EXPENSE_KIND, Field.WAYBILL, Field.CONSUMER, Field.BABY),
            *(Field.STORE, Field.ROLE, Field.CALLED_ON, *COUNTS),
        }
    ),
    titles=re.compile(
        "(?:经销商|客户|代理商|分销商).{0,4}(?:名单|名册|档案|资料|登记表|信息表|一览|目录|花名册|通讯录)|"
        r"(?:distributor|customer|dealer)s?\s*(?:register|list|master|directory)"
    ),
    head=frozenset({Field.DATE, Field.REGION}),
    beside=False,
)
