"""Free words that name a quantity which the order has neither on a line nor in all."""

from __future__ import annotations

from mailflow.rules.ordered import Ordered
from mailflow.rules.wishes import goods_in


def names_other_goods(text: str, ordered: Ordered) -> bool:
    return any(
        number not in (ordered.cases if in_cases else ordered.tins)
        for number, in_cases in goods_in(text)
    )
