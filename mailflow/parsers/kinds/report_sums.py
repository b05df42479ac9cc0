"""What the figures of a report's columns add up to, as a whole and since its last part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from mailflow.parsers.kinds.report_cells import ReadColumn


class FigureSums:
    """It knows nothing of who reads the rows: a ring of the two would keep a large sheet in memory
    after its reading."""

    def __init__(self, columns: Iterable[int]) -> None:
        self._numbers: dict[int, list[Decimal | None]] = {column: [] for column in columns}
        self._parts: dict[int, int] = dict.fromkeys(self._numbers, 0)

    def add(self, column: ReadColumn, number: Decimal | None) -> None:
        self._numbers[column.column].append(number)

    def of(self, column: int, *, since_part: bool) -> Decimal | None:
        """None where one of the figures cannot be added to the others."""
        return sum_of(self._numbers[column][self._parts[column] if since_part else 0 :])

    def end_part(self) -> None:
        for column, numbers in self._numbers.items():
            self._parts[column] = len(numbers)


def sum_of(numbers: Sequence[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for number in numbers:
        if number is None:
            return None
        total += number
    return total
