"""An order gets fewer sample tins where stores of its distributor used too few: whole cases, never below
zero, the rest carried over (S11)."""

from __future__ import annotations

from dataclasses import replace

from mailflow.domain.funding import Funding
from mailflow.domain.order import BookedLine, BookedOrder
from mailflow.domain.shortfall import Deducted, Shortfall, Shortfalls, shared_out, to_take


def as_ordered(order: BookedOrder) -> BookedOrder:
    """With all tins that were ordered."""
    if not order.deductions:
        return order
    lines = tuple(replace(li, tins=li.ordered, deducted=0) for li in order.lines)
    return replace(order, lines=lines, deductions=())


class Deducting:
    """Takes what is short off the orders of one mail, one after the other: nothing twice."""

    def __init__(self, shortfalls: Shortfalls) -> None:
        self._open = {code: list(each) for code, each in shortfalls.items()}

    def less(self, order: BookedOrder) -> BookedOrder:
        """The same order, or with fewer sample tins and the reasons for it.

        A warehouse sends whole cases, so less than a case is carried over. An order never vanishes:
        where nothing else would be left of it its last case stays.
        """
        order = as_ordered(order)
        shortfalls = self._open.get(order.customer.code, []) if order.customer else []
        if not shortfalls:
            return order
        left, lines, reasons = order.tins, [], []
        for position, line in enumerate(order.lines):
            tins = self._tins(line, shortfalls, left)
            left -= tins
            lines.append(replace(line, tins=line.tins - tins, deducted=tins) if tins else line)
            reasons += self._taken(position, line, shortfalls, tins)
        return replace(order, lines=tuple(lines), deductions=tuple(reasons)) if reasons else order

    def _tins(self, line: BookedLine, shortfalls: list[Shortfall], left: int) -> int:
        if line.funding is not Funding.SAMPLE:
            return 0
        wanted = to_take(s for s in shortfalls if s.sku == line.sku)
        cases = min(line.cases, wanted // line.tins_per_case)
        if cases and cases * line.tins_per_case == left:
            cases -= 1
        return cases * line.tins_per_case

    def _taken(
        self, position: int, line: BookedLine, shortfalls: list[Shortfall], tins: int
    ) -> list[Deducted]:
        mine = [s for s in shortfalls if s.sku == line.sku]
        found = []
        for shortfall, part in shared_out(mine, tins):
            at = shortfalls.index(shortfall)
            shortfalls[at] = replace(shortfall, taken=shortfall.taken + part)
            found.append(
                Deducted(
                    number=shortfall.number,
                    position=position,
                    tins=part,
                    store=shortfall.store,
                    month=shortfall.month,
                    heard=shortfall.heard,
                    used=shortfall.used,
                    standard=shortfall.standard,
                )
            )
        return found
