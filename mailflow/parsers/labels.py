"""Labels and their values: beside, below, or inside one cell, several pairs in a row or a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailflow.parsers.grid import Address, Cell, Grid
from mailflow.parsers.values import money_of
from mailflow.parsers.vocabulary import Label, label_of

_PAIR = re.compile(r"([^\s:：|;；,，]{1,24}(?: [A-Za-z]+){0,2})\s*[:：]\s*")
MONEY = (Label.FUNDING, Label.ORDER_TYPE)
SUMS = (Label.CASH_TOTAL, Label.EXPENSE_TOTAL)
FARTHEST = 4
"""Columns a value may stand away from its label."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """`value` is the cell's value where it has a cell of its own, else only its text counts."""

    label: Label
    text: str
    row: int
    column: int
    value: Cell | None = None


def labels_in(grid: Grid, rows: Iterable[int]) -> list[Labelled]:
    """Every label with a value in these rows, in reading order; what is right below them may be
    the header of a table, and is no value."""
    found: list[Labelled] = []
    taken: set[Address] = set()
    within = frozenset(rows)
    for row in sorted(within):
        for column, cell in grid.rows.get(row, {}).items():
            if (row, column) in taken or not cell.text:
                continue
            pairs = list(_inside(cell.text, row, column))
            if pairs:
                found.extend(pairs)
            elif (label := label_of(cell.text)) and (at := _value_of(grid, row, column, label)):
                if at[0] not in within:
                    continue
                taken.add(at)
                value = grid.rows[at[0]][at[1]]
                found.append(Labelled(label, value.text, *at, value))
    return found


def _inside(text: str, row: int, column: int) -> Iterator[Labelled]:
    """`收货人：胡娟   手机：18895717436` in one cell; a colon with nothing behind it is no pair."""
    marks = [m for m in _PAIR.finditer(text) if label_of(m[1])]
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        value = text[mark.end() : end].strip(" \t\n　,，;；|")
        label = label_of(mark[1])
        if label and value:
            yield Labelled(label, value, row, column)


def _value_of(grid: Grid, row: int, column: int, label: Label) -> Address | None:
    """The next filled cell to the right that is no label, else the cell below."""
    width = _merged_to(grid, row, column)
    for right in range(width + 1, width + 1 + FARTHEST):
        cell = grid.at(row, right)
        if cell is not None and cell.text:
            if not _is_label(cell.text) or _pays(grid, row, right, label):
                return (row, right)
            break
    below = grid.at(row + 1, column)
    if below is None or not below.text:
        return None
    is_value = not _is_label(below.text) or _pays(grid, row + 1, column, label)
    return (row + 1, column) if is_value else None


def _pays(grid: Grid, row: int, column: int, label: Label) -> bool:
    """`费用` beside `付款方式` says what pays; with a sum beside it, it is the label of that sum."""
    if label not in MONEY or label_of(grid.rows[row][column].text) not in SUMS:
        return False
    beside = grid.at(row, column + 1)
    return beside is None or (beside.number is None and money_of(beside.text) is None)


def _is_label(text: str) -> bool:
    return label_of(text) is not None or any(label_of(m[1]) for m in _PAIR.finditer(text))


def _merged_to(grid: Grid, row: int, column: int) -> int:
    for _, left, _, right in grid.merges_over(row):
        if left <= column <= right:
            return right
    return column
