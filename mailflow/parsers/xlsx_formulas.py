"""Formulas of an .xlsx whose results nobody calculated: a second walk, for books that need one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from mailflow.parsers.calculate import UNCALCULATED, calculated
from mailflow.parsers.formulas import Expression, NotPlain, column_of, parse
from mailflow.parsers.grid import Address, Cell, Grid
from mailflow.parsers.xlsx_parts import Attributes, feed, local_name, xml_parser

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
ZERO = frozenset({"0", "0.0"})
ALONE = ("", "normal", "shared")
"""Kinds of formulas that stand for themselves; of an array or a data table nothing is known."""


@dataclass(slots=True)
class _Walk:
    """`zeros` are the formulas that hold a zero, `results` counts those that hold more."""

    texts: dict[Address, str] = field(default_factory=dict)
    shared: dict[str, tuple[Address, str]] = field(default_factory=dict)
    members: dict[Address, str] = field(default_factory=dict)
    zeros: set[Address] = field(default_factory=set)
    results: int = 0
    row: int = -1
    column: int = -1
    formula: Attributes | None = None
    into: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        name = local_name(name)
        if name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif name == "c":
            match = _REFERENCE.fullmatch(attributes.get("r", ""))
            self.column = column_of(match[1]) if match else self.column + 1
            self.row = int(match[2]) - 1 if match else self.row
            self.formula = None
        elif name in ("f", "v"):
            self.into = []
            self.formula = attributes if name == "f" else self.formula

    def text(self, piece: str) -> None:
        if self.into is not None:
            self.into.append(piece)

    def end(self, name: str) -> None:
        if self.into is None or local_name(name) not in ("f", "v"):
            return
        text, self.into = "".join(self.into), None
        if local_name(name) == "f":
            self._formula(text)
        elif self.formula is not None and text in ZERO:
            self.zeros.add((self.row, self.column))
        elif self.formula is not None and text:
            self.results += 1

    def _formula(self, text: str) -> None:
        at, attributes = (self.row, self.column), self.formula or {}
        kind = attributes.get("t", "")
        if kind == "shared":
            group = attributes.get("si", "")
            self.members[at] = group
            if text:
                self.shared[group] = (at, text)
        elif kind in ALONE and text:
            self.texts[at] = text

    def expression(self, at: Address) -> Expression | None:
        try:
            if at in self.texts:
                return parse(self.texts[at])
            (row, column), text = self.shared[self.members[at]]
            return parse(text, (at[0] - row, at[1] - column))
        except (NotPlain, KeyError):
            return None


def with_results(
    grids: Sequence[Grid], sheets: Sequence[bytes], *, to_calculate: bool
) -> tuple[Grid, ...]:
    """The sheets with what can be calculated; `sheets` are those with formulas, as they came.

    A book that asks to be calculated on opening, in which every formula results in zero, was
    written by a program that cannot calculate.
    """
    missing = [_missing(grid) if xml else [] for grid, xml in zip(grids, sheets, strict=True)]
    if not any(missing) and not (to_calculate and any(sheets)):
        return tuple(grids)
    walks = [_walked(xml) for xml in sheets]
    if to_calculate and not any(walk.results for walk in walks):
        grids = [_without(grid, walk.zeros) for grid, walk in zip(grids, walks, strict=True)]
        missing = [_missing(grid) for grid in grids]
    found = [
        {at: said for at in gaps if (said := walk.expression(at)) is not None}
        for gaps, walk in zip(missing, walks, strict=True)
    ]
    return calculated(grids, found)


def _missing(grid: Grid) -> list[Address]:
    return [
        (row, column)
        for row, cells in grid.rows.items()
        for column, cell in cells.items()
        if cell.trouble == UNCALCULATED
    ]


def _without(grid: Grid, zeros: Iterable[Address]) -> Grid:
    rows = {row: dict(cells) for row, cells in grid.rows.items()}
    for row, column in zeros:
        if column in rows.get(row, {}):
            rows[row][column] = Cell("", trouble=UNCALCULATED)
    return replace(grid, rows=rows)


def _walked(xml: bytes) -> _Walk:
    walk = _Walk()
    if xml:
        parser = xml_parser()
        parser.StartElementHandler = walk.start
        parser.EndElementHandler = walk.end
        parser.CharacterDataHandler = walk.text
        feed(parser, [xml])
    return walk
