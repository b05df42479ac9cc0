"""The letter about a region's budget that is nearly used."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from mailflow.domain.budget import BudgetUse
from mailflow.domain.register import Person
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Taker:
    """What one distributor has taken of a budget, in how many orders."""

    code: str
    name: str
    amount: Decimal
    orders: int


@dataclass(frozen=True, slots=True)
class BudgetNotice:
    """To the region's sales admin and the marketing head, once a month: most of a budget is used.

    `takers` are all of them, the largest first.
    """

    recipient: Person
    use: BudgetUse
    takers: tuple[Taker, ...]
    code: ClassVar[str] = "budget-warning"
