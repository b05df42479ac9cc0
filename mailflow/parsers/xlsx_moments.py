"""Days and times of an .xlsx by its number formats, for books in which calamine does not tell them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from mailflow.parsers.cells import moment_cell
from mailflow.parsers.formulas import column_of
from mailflow.parsers.grid import Address, Grid
from mailflow.parsers.number_formats import BUILT_IN_MOMENTS, shows_moment
from mailflow.parsers.xlsx_parts import (
    MAX_INFLATED,
    Attributes,
    Package,
    feed,
    local_name,
    xml_parser,
)

STYLES = "styles.xml"


def moments_of(package: Package) -> frozenset[str]:
    """The styles that show a number as a date or a time, as cells name them."""
    part = next((n for n in package.names if n.rpartition("/")[2] == STYLES), None)
    if part is None:
        return frozenset()
    walk, parser = _Styles(), xml_parser()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    feed(parser, package.pieces(part))
    return frozenset(str(n) for n, moment in enumerate(walk.styles) if moment)


@dataclass(slots=True)
class _Styles:
    codes: dict[str, bool] = field(default_factory=dict)
    styles: list[bool] = field(default_factory=list)
    inside: bool = False

    def start(self, name: str, a: Attributes) -> None:
        local = local_name(name)
        if local == "numFmt":
            self.codes[a.get("numFmtId", "")] = shows_moment(a.get("formatCode", ""))
        elif local == "cellXfs":
            self.inside = True
        elif local == "xf" and self.inside:
            code = a.get("numFmtId", "0")
            built_in = code.isdecimal() and int(code[:6]) in BUILT_IN_MOMENTS
            self.styles.append(self.codes.get(code, built_in))

    def end(self, name: str) -> None:
        if local_name(name) == "cellXfs":
            self.inside = False


def with_moments(grid: Grid, pieces: Iterable[bytes], moments: frozenset[str]) -> Grid:
    """The sheet with every number shown as what its style makes of it."""
    if not moments:
        return grid
    walk, parser = _Cells(moments), xml_parser()
    parser.StartElementHandler = walk.start
    feed(parser, pieces)
    rows = {row: dict(cells) for row, cells in grid.rows.items()}
    for row, column in walk.found:
        cell = rows.get(row, {}).get(column)
        if cell is not None and cell.number is not None and not cell.trouble:
            rows[row][column] = moment_cell(float(cell.number), since_1904=grid.since_1904)
    return replace(grid, rows=rows)


class _Cells:
    """Where the cells of these styles stand; those without a reference follow each other."""

    def __init__(self, moments: frozenset[str]) -> None:
        self.found: list[Address] = []
        self._moments = moments
        self._row = self._column = -1

    def start(self, name: str, a: Attributes) -> None:
        local = local_name(name)
        if local == "row":
            self._row = int(a["r"][:8]) - 1 if a.get("r", "").isdecimal() else self._row + 1
            self._column = -1
        elif local == "c":
            letters = a.get("r", "").rstrip("0123456789")
            self._column = column_of(letters) if letters.isalpha() else self._column + 1
            if a.get("s", "0") in self._moments:
                self.found.append((self._row, self._column))


def all_with_moments(
    package: Package, parts: Sequence[str], grids: Sequence[Grid], unsaid: Sequence[bool]
) -> list[Grid]:
    """`unsaid` are the sheets of which calamine said nothing."""
    package = replace(package, left=MAX_INFLATED)
    moments = moments_of(package)
    return [
        with_moments(grid, package.pieces(part), moments) if silent else grid
        for grid, part, silent in zip(grids, parts, unsaid, strict=True)
    ]
