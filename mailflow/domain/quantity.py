"""Goods are ordered in tins and shipped in whole cases."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from mailflow.domain.sheet import Place
from mailflow.domain.value import dataclass


class Unit(StrEnum):
    """What a quantity column counts."""

    TINS = "tins"
    CASES = "cases"


class Doubtful(StrEnum):
    """Why a quantity text is not a usable quantity."""

    MISSING = "missing"
    NOT_A_NUMBER = "not-a-number"
    NEGATIVE = "negative"
    ZERO = "zero"
    NOT_WHOLE = "not-whole"
    SHARED = "shared"
    TWICE = "twice"
    """`10箱60听` of six a case: twice the same, or the sum of both."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity cell as read.

    `number` is in the column's unit, or in the unit the text itself names (`12箱`): `unit` then
    says so. `3箱6听` has `number` 3, `unit` cases and `loose` 6. `number` is None when the text
    lies outside the strict grammar; what then stands there is `text`. `shared` says that one cell is
    merged over several lines: nobody knows how much of it is whose, so `number` is None too.
    """

    text: str
    at: Place
    number: Decimal | None
    unit: Unit | None = None
    loose: int = 0
    hidden: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """How many tins a case holds: 6, 12 or 24, by product."""

    tins_per_case: int

    def tins(self, cases: Decimal) -> Decimal:
        return cases * self.tins_per_case

    def is_whole(self, tins: int) -> bool:
        return tins % self.tins_per_case == 0

    def cases(self, tins: int) -> int:
        """Whole cases in `tins`, rounded down."""
        return tins // self.tins_per_case

    def below(self, tins: int) -> int:
        """The nearest whole-case quantity in tins at or below, never negative."""
        return max(0, self.cases(tins) * self.tins_per_case)

    def above(self, tins: int) -> int:
        return -(-tins // self.tins_per_case) * self.tins_per_case
