"""Labels and their values: beside, below, or inside one cell, several pairs in a row or a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailflow.parsers.grid import Address, Cell, Grid
from mailflow.parsers.vocabulary import Label, label_of

_PAIR = re.compile(r"([^\s:：|;；,，]{1,24}(?: [A-Za-z]+){0,2})\s*[:：]\s*")
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
    """Every label with a value in these rows, in reading order."""
    found: list[Labelled] = []
    taken: set[Address] = set()
    for row in rows:
        for column, cell in grid.rows.get(row, {}).items():
            if (row, column) in taken or not cell.text:
                continue
            pairs = list(_inside(cell.text, row, column))
            if pairs:
                found.extend(pairs)
            elif (label := label_of(cell.text)) and (at := _value_of(grid, row, column)):
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


def _value_of(grid: Grid, row: int, column: int) -> Address | None:
    """The next filled cell to the right that is no label, else the cell below."""
    width = _merged_to(grid, row, column)
    for right in range(width + 1, width + 1 + FARTHEST):
        cell = grid.at(row, right)
        if cell is not None and cell.text:
            if not _is_label(cell.text):
                return (row, right)
            break
    below = grid.at(row + 1, column)
    if below is not None and below.text and not _is_label(below.text):
        beside = grid.at(row + 1, column + 1)
        # A column of labels with empty values is not a label above its value.
        return None if beside is not None and label_of(below.text) else (row + 1, column)
    return None


def _is_label(text: str) -> bool:
    return label_of(text) is not None or any(label_of(m[1]) for m in _PAIR.finditer(text))


def _merged_to(grid: Grid, row: int, column: int) -> int:
    for top, left, bottom, right in grid.merges:
        if top <= row <= bottom and left <= column <= right:
            return right
    return column
