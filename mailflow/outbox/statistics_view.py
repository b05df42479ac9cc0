"""How statistics are shown in letters: changes and shares with their signs, nothing as a dash."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from mailflow.domain.budget import BudgetUse
from mailflow.domain.statistics import Line

NONE = "–"
LONGEST_BAR = 84
"""Pixels; beside two columns of figures on a telephone."""


def signed(number: Decimal | None) -> str:
    """`▲3.8%`, `▼1.1%`."""
    if number is None:
        return NONE
    return f"{'▼' if number < 0 else '▲'}{abs(number)}%" if number else f"{number}%"


def share(number: Decimal | None) -> str:
    return NONE if number is None else f"{number}%"


def bar(line: Line, lines: Sequence[Line]) -> int:
    """Pixels of a bar beside the longest; at least one."""
    most = max((other.now.amount for other in lines), default=line.now.amount)
    return max(1, int(LONGEST_BAR * line.now.amount / most)) if most > 0 else 1


def filled(use: BudgetUse) -> int:
    """Percent of a bar that what is used of a budget fills; all of it where it is more."""
    return 100 if use.used >= use.budget else int(100 * use.used / use.budget)


def unfilled(use: BudgetUse) -> int:
    return 100 - filled(use)


STATISTICS_FILTERS: Mapping[str, Callable[..., Any]] = {
    "signed": signed,
    "share": share,
    "bar": bar,
    "filled": filled,
    "unfilled": unfilled,
}
