"""A workbook before it has a format: pages of values at addresses, and where each value went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mailflow.domain.sheet import column_letters


@dataclass(frozen=True)
class Error:
    """`#REF!` and its like."""

    text: str


@dataclass(frozen=True)
class Formula:
    """`text` names cells as `{key}`. `shown` is what its owner sees; formats may keep it or not."""

    text: str
    shown: Decimal | int | str


Value = str | int | Decimal | date | Formula | Error


@dataclass
class Page:
    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    """Cells with a line through them."""
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    again: set[tuple[str, int, int]] = field(default_factory=set)
    """Every place of a key: a header that is repeated has several."""

    def put(self, row: int, column: int, value: Value | None, key: str = "") -> None:
        """An absent value leaves the cell empty, but its key still has a place."""
        if value is not None and value != "":
            self.cells[row, column] = value
        if key:
            self.keys[key] = (row, column)
            self.again.add((key, row, column))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    @property
    def rows(self) -> int:
        return max((r for r, _ in self.cells), default=-1) + 1

    @property
    def columns(self) -> int:
        return max((c for _, c in self.cells), default=-1) + 1

    def formula(self, formula: Formula) -> str:
        """Its text with the addresses its keys have on this page."""
        return formula.text.format_map(Addresses(self.keys))

    def plain(self, row: int, column: int) -> str | int | Decimal | date | None:
        """What can be seen in the cell."""
        value = self.cells.get((row, column))
        if isinstance(value, Formula):
            return value.shown
        return value.text if isinstance(value, Error) else value


class Addresses(dict[str, str]):
    def __init__(self, keys: Mapping[str, tuple[int, int]]) -> None:
        super().__init__({k: address(*at) for k, at in keys.items()})


def address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


@dataclass
class Book:
    pages: list[Page]

    def cells_of(self, keys: set[str]) -> set[str]:
        """Where these keys lie: `Sheet1!E8`, in every page that has them."""
        return {
            f"{page.name}!{address(row, column)}"
            for page in self.pages
            for key, row, column in page.again
            if key in keys
        }
