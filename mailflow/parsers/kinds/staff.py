"""The register of staff (人员名单), by the columns of its master table."""

from __future__ import annotations

import re

from mailflow.domain.mailed_tables import Staff, StaffRow
from mailflow.domain.report import ReportKind
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.kinds.form import Form, text

FORM = Form(
    kind=ReportKind.STAFF,
    report=Staff,
    row=StaffRow,
    slots={
        "role": text(Field.ROLE),
        "person": text(Field.PERSON, Field.NAME),
        "email": text(Field.EMAIL),
        "regions": text(Field.REGION),
        "language": text(Field.LANGUAGE),
        "remark": text(Field.REMARK),
    },
    named=("person", "email"),
    needs=(frozenset({Field.ROLE}), frozenset({Field.EMAIL})),
    proofs=frozenset({Field.ROLE}),
    hints=frozenset({Field.EMAIL, Field.PERSON, Field.REGION, Field.LANGUAGE, Field.NAME}),
    against=frozenset(
        {
            *(Field.DISTRIBUTOR, Field.DISTRIBUTOR_CODE, Field.CREDIT_LIMIT, Field.ADDRESS),
            *(Field.PRODUCT, Field.PRODUCT_CODE, Field.PRICE, Field.PAID, Field.WAYBILL),
            *(Field.CONSUMER, Field.BABY, Field.STORE, Field.CALLED_ON, *COUNTS),
        }
    ),
    titles=re.compile(
        "(?:人员|员工|同事|部门人员).{0,3}(?:名单|名册|花名册|通讯录|信息表|一览)|"
        r"staff\s*(?:register|list)|^staff(?:\.\w+)?$"
    ),
    head=frozenset({Field.DATE}),
    beside=False,
)
