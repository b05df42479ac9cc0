"""How cells look where that changes what they say: struck out, in the colour of the paper, with a
unit or other signs that only their number format adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Address, Cell
from mailflow.parsers.number_formats import PLAIN, Signs

PERCENTS = frozenset({9, 10})
"""Formats of percents that a workbook uses without writing them down."""
OF_PERCENT = Signs(hides=True)
STRUCK = "struck-out"
UNSEEN = "not-shown"


@dataclass(frozen=True, slots=True)
class Look:
    """`trouble` where the cell is not to be taken for what it holds; else the signs around it."""

    trouble: str = ""
    signs: Signs = PLAIN


USUAL = Look()


def look_of(*, struck: bool, unseen: bool, signs: Signs) -> Look:
    """What a style makes of its cells."""
    if struck:
        return Look(STRUCK)
    return Look(UNSEEN) if unseen else Look(signs=signs)


def built_in_signs(code: int) -> Signs:
    """Of a format that the workbook does not write down."""
    return OF_PERCENT if code in PERCENTS else PLAIN


def looking(cell: Cell, look: Look) -> Cell:
    """The cell as it is shown."""
    if look.trouble:
        return replace(cell, trouble=look.trouble)
    if cell.number is None or cell.day is not None:
        return cell
    if look.signs.hides:
        return replace(cell, trouble=UNSEEN)
    return replace(cell, shown=f"{look.signs.before}{cell.text}{look.signs.behind}")


def put_on(rows: dict[int, dict[int, Cell]], looks: Mapping[Address, Look]) -> None:
    """Cells whose value is in doubt already stay as they are."""
    for (row, column), look in looks.items():
        cell = rows.get(row, {}).get(column)
        if cell is not None and not cell.trouble:
            rows[row][column] = looking(cell, look)
