"""Free words that pay for goods otherwise than the lines say."""

from __future__ import annotations

from mailflow.domain.funding import Funding
from mailflow.domain.pattern import pattern
from mailflow.rules.ordered import Ordered
from mailflow.rules.wishes import gives_away, is_a_condition, names_expense_goods, pays_by_expense

_EXPENSE_GOODS = pattern(
    r"^(?:这是|本单[是为]?|此单[是为]?|全部是?|都是)?费用[货款单](?:订单)?(?:[,，:：!！。]|$)|[为是含]费用货|以[上下][^，,。;；]{0,4}费用|\d\s*[箱件听罐][^，。,;；]{0,4}费用货?"
)
"""`费用货，见附件`; not `费用货需附审批单`, which is for all orders."""


def pays_otherwise(text: str, ordered: Ordered) -> bool:
    """`走市场费用` over lines that cash pays, `其中5箱为赠品` where nothing is given away. Conditions
    are for all orders, and words about `费用货` are about those lines alone."""
    if is_a_condition(text):
        return False
    paid = ordered.paid
    wanting = Funding.EXPENSE not in paid if names_expense_goods(text) else Funding.CASH in paid
    is_other = pays_by_expense(text) or _EXPENSE_GOODS.search(text)
    return bool(is_other and wanting) or (gives_away(text) and Funding.SAMPLE not in paid)
