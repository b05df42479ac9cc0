"""Free words that pay for goods otherwise than the lines say."""

from __future__ import annotations

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.funding import Funding
from mailflow.rules.wishes import gives_away, is_a_condition, pays_by_expense


def pays_otherwise(text: str, appraisal: Appraisal) -> bool:
    """`前两行走市场费用`, `其中5箱为赠品`, where no line is paid that way; conditions are for all."""
    if is_a_condition(text):
        return False
    paid = {item.funding for item in appraisal.items}
    return (pays_by_expense(text) and Funding.EXPENSE not in paid) or (
        gives_away(text) and Funding.SAMPLE not in paid
    )
