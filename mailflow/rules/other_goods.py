"""Free words that name a quantity which the order has neither on a line nor in all."""

from __future__ import annotations

from mailflow.domain.appraisal import Appraisal
from mailflow.rules.cells import shown
from mailflow.rules.wishes import goods_in


def names_other_goods(text: str, appraisal: Appraisal) -> bool:
    goods = goods_in(text)
    if not goods:
        return False
    cases = {shown(i.cases) for i in appraisal.items} | {
        shown(sum(i.cases or 0 for i in appraisal.items))
    }
    tins = {shown(i.tins) for i in appraisal.items} | {shown(appraisal.tins)}
    return any(number not in (cases if in_cases else tins) for number, in_cases in goods)
