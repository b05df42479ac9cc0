"""Why an order is given fewer sample tins, in words: a line for each store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mailflow.domain.order import BookedOrder
from mailflow.domain.shortfall import percent


def reasons_for_fewer(order: BookedOrder, words: Mapping[str, str]) -> Iterator[str]:
    """`words` are those of printed lists (templates/words)."""
    for each in order.deductions:
        yield words["deducted_for"].format(
            name=order.lines[each.position].name,
            less=each.tins,
            store=each.store,
            month=f"{each.month:%Y-%m}",
            rate=percent(each.use_permille),
            standard=percent(each.standard),
        )
