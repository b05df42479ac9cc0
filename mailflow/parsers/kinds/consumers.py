"""A list of consumers (消费者名单): parents who bought our formula, with telephone and store."""

from __future__ import annotations

import re

from mailflow.domain.consumers import ConsumerRow, Consumers
from mailflow.domain.report import ReportKind
from mailflow.parsers.kinds.draft import Settler
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import Form, Slot, code, count, day, text
from mailflow.parsers.kinds.near_days import around, day_meant, settle_day
from mailflow.parsers.kinds.report_codes import phone_in
from mailflow.parsers.kinds.table_facts import TableFacts

WHO: dict[str, Slot] = {
    "consumer": text(Field.CONSUMER, Field.PERSON),
    "phone": code(Field.PHONE, reads=phone_in),
    "baby": text(Field.BABY),
    "store_code": text(Field.STORE_CODE),
    "store": text(Field.STORE),
    "distributor_code": text(Field.DISTRIBUTOR_CODE),
    "distributor": text(Field.DISTRIBUTOR),
    "region": text(Field.REGION),
    "product": text(Field.PRODUCT),
    "remark": text(Field.REMARK),
}
"""What lists of consumers and results of calls say alike."""


def _days(facts: TableFacts) -> Settler:
    """A day of buying without a year is read beside those that have one."""
    span = around(facts, "bought_on")
    return lambda draft: settle_day(draft, "bought_on", span)


PERSONAL = frozenset({"consumer", "phone", "baby", "born_on", "address", "feedback", "remark"})

FORM = Form(
    kind=ReportKind.CONSUMERS,
    report=Consumers,
    row=ConsumerRow,
    slots={
        **WHO,
        "born_on": day(Field.BORN_ON),
        "city": text(Field.CITY),
        "address": text(Field.ADDRESS),
        "bought": count(Field.QUANTITY),
        "bought_on": day(Field.BOUGHT_ON, reads=day_meant),
    },
    named=("consumer", "phone", "baby"),
    needs=(
        frozenset({Field.PHONE}),
        frozenset({Field.CONSUMER, Field.PERSON, Field.BABY}),
    ),
    proofs=frozenset({Field.CONSUMER, Field.BOUGHT_ON}),
    hints=frozenset({Field.PHONE, Field.STORE, Field.STORE_CODE, Field.CITY}),
    against=frozenset(
        {
            *(Field.RESULT, Field.CALLED_ON, Field.USED, Field.FEEDBACK, Field.SATISFACTION),
            *(Field.CREDIT_LIMIT, Field.ROLE, Field.WAYBILL, Field.LIST_NO, Field.PAID),
        }
    ),
    titles=re.compile(
        "消费者(?!.{0,4}回访)|会员(?:名单|信息|资料|档案|登记)|新客(?:名单|登记|信息)|宝宝(?:名单|信息|档案)|妈妈(?:名单|信息)|"
        r"consumers?\s*(?:list|register)|members?\s*list"
    ),
    head=frozenset({Field.STORE, Field.DISTRIBUTOR, Field.REGION, Field.DATE}),
    conclusive=frozenset({Field.BABY, Field.BORN_ON}),
    settles=_days,
    personal=PERSONAL,
)
