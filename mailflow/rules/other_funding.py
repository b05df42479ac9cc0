"""Free words that pay for goods otherwise than the lines say."""

from __future__ import annotations

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.funding import Funding
from mailflow.rules.wishes import gives_away, is_a_condition, names_expense_goods, pays_by_expense


def pays_otherwise(text: str, appraisal: Appraisal) -> bool:
    """`走市场费用` over lines that cash pays, `其中5箱为赠品` where nothing is given away. Conditions
    are for all orders, and words about `费用货` are about those lines alone."""
    if is_a_condition(text):
        return False
    paid = {item.funding for item in appraisal.items}
    wanting = Funding.EXPENSE not in paid if names_expense_goods(text) else Funding.CASH in paid
    return (pays_by_expense(text) and wanting) or (gives_away(text) and Funding.SAMPLE not in paid)
