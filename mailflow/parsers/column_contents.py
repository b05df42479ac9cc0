"""What stands in the columns of a table, whatever their header says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from mailflow.domain.funding import Funding, funding_title, is_other_than_cash, is_way_to_pay
from mailflow.parsers.grid import Cell
from mailflow.parsers.page import Page
from mailflow.parsers.values import number_of, quantity_of


@dataclass
class Contents:
    """The rows of all tables one header stands over."""

    page: Page
    bodies: Sequence[range]
    _values: dict[int, Mapping[int, Cell]] = field(default_factory=dict, init=False, repr=False)

    def values(self, column: int) -> Mapping[int, Cell]:
        """The filled cells of a column by their rows; a dozen questions are put to each."""
        if column not in self._values:
            rows = self.page.grid.rows
            self._values[column] = {
                r: rows[r][column]
                for body in self.bodies
                for r in body
                if r in rows and column in rows[r]
            }
        return self._values[column]

    def tells_funding(self, column: int, rows: Set[int] | None = None) -> bool:
        """Under a vague word: whether anything is said of paying, in all rows or in these. `正装`,
        `小听粉` are kinds of goods."""
        values = self.values(column)
        texts = {c.text for r, c in values.items() if c.text and (rows is None or r in rows)}
        found = {text: funding_title(text) for text in texts}
        if found and set(found.values()) <= {Funding.SAMPLE}:
            return True
        return any(
            funding in (Funding.CASH, Funding.EXPENSE)
            or (funding is None and is_other_than_cash(text))
            for text, funding in found.items()
        )

    def pays_strangely(self, column: int, rows: Set[int]) -> bool:
        """Under a word of paying: whether something stands beside a line that is no usual way to
        pay money, as `垫付`."""
        texts = {c.text for r, c in self.values(column).items() if c.text and r in rows}
        return any(funding_title(t) is None and not is_way_to_pay(t) for t in texts)

    def is_paid(self, column: int) -> bool:
        texts = {c.text for c in self.values(column).values() if c.text}
        return any(funding_title(t) in (Funding.CASH, Funding.EXPENSE) for t in texts)

    def counts_up(self, column: int) -> bool:
        """1, 2, 3 … with no number repeated, as line numbers do."""
        numbers = [number_of(c.text) for c in self.values(column).values()]
        counted = [n for n in numbers if n is not None]
        return bool(counted) and counted[0] in (0, 1) and counted == sorted(set(counted))

    def numbers_lines(self, column: int, *, left_of: int) -> bool:
        """1, 2, 3 … one by one under no word we know; left of the names, where line numbers stand,
        they may begin again, and be a single one."""
        numbers = [number_of(c.text) for c in self.values(column).values()]
        counted = [n for n in numbers if n is not None]
        if column < left_of:
            steps = pairwise([Decimal(0), *counted])
            is_one = len(counted) > 1 and set(counted) == {1}
            return (
                bool(counted) and not is_one and all(n in (0, 1, before + 1) for before, n in steps)
            )
        in_order = counted == [counted[0] + n for n in range(len(counted))]
        return len(counted) > 1 and counted[0] in (0, 1) and in_order

    def mostly(self, column: int, holds: Callable[[str], bool]) -> bool:
        texts = [c.text for c in self.values(column).values() if c.text]
        return bool(texts) and sum(map(holds, texts)) * 2 > len(texts)


def saying_more(first: Mapping[int, Cell], second: Mapping[int, Cell]) -> int | None:
    """Which of two columns of the same numbers names their unit too; None where they differ."""
    units: list[int] = [0, 0]
    for row in first.keys() | second.keys():
        cells = [values.get(row) for values in (first, second)]
        read = [None if c is None else quantity_of(c.text) for c in cells]
        if read[0] is None or read[1] is None or read[0][::2] != read[1][::2]:
            return None
        said = [r[1] for r in read if r]
        if None not in said and said[0] is not said[1]:
            return None
        units = [n + (unit is not None) for n, unit in zip(units, said, strict=True)]
    return int(units[1] > units[0])
