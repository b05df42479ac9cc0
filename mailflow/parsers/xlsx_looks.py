"""How cells of an .xlsx look where that changes what they say, by the styles they name.

Most books have no such style, and then no sheet is looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.value import dataclass
from mailflow.parsers.formulas import column_of
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.looks import USUAL, Look, built_in_signs, look_of, put_on
from mailflow.parsers.number_formats import Signs, signs_of
from mailflow.parsers.xlsx_moments import STYLES
from mailflow.parsers.xlsx_parts import (
    MAX_INFLATED,
    Attributes,
    Package,
    feed,
    feed_if_whole,
    local_name,
    xml_parser,
)

_WHITE = frozenset({"FFFFFFFF", "00FFFFFF", "FFFFFF"})
_STYLED = re.compile(rb' s="(\d{1,6})"')
REMEMBERED, LONGEST_REMEMBERED = 16, 64 * 1024
"""Books of one maker mostly have the very same styles: what those say is worked out once. So many
are kept, none of more bytes than that."""


def all_with_looks(package: Package, parts: Sequence[str], grids: Sequence[Grid]) -> list[Grid]:
    """Raises `AttachmentRefused`."""
    package = replace(package, left=MAX_INFLATED)
    looks = _looks_of(package)
    if not looks:
        return list(grids)
    return [
        _with_looks(grid, b"".join(package.pieces(part)), looks)
        for grid, part in zip(grids, parts, strict=True)
    ]


def _with_looks(grid: Grid, xml: bytes, looks: Mapping[str, Look]) -> Grid:
    if looks.keys().isdisjoint(s.decode() for s in set(_STYLED.findall(xml))):
        return grid
    walk, parser = _Cells(looks), xml_parser()
    parser.StartElementHandler = walk.start
    feed(parser, [xml])
    rows = {row: dict(cells) for row, cells in grid.rows.items()}
    put_on(rows, {(row, column): look for row, column, look in walk.found})
    return replace(grid, rows=rows)


class _Cells:
    """Where the cells of these styles stand; those without a reference follow each other."""

    def __init__(self, looks: Mapping[str, Look]) -> None:
        self.found: list[tuple[int, int, Look]] = []
        self._looks = looks
        self._row = self._column = -1

    def start(self, name: str, a: Attributes) -> None:
        local = local_name(name)
        if local == "row":
            self._row = int(a["r"][:8]) - 1 if a.get("r", "").isdecimal() else self._row + 1
            self._column = -1
        elif local == "c":
            letters = a.get("r", "").rstrip("0123456789")
            self._column = column_of(letters) if letters.isalpha() else self._column + 1
            if (look := self._looks.get(a.get("s", "0"))) is not None:
                self.found.append((self._row, self._column, look))


def _looks_of(package: Package) -> Mapping[str, Look]:
    """The styles that say something, as cells name them."""
    part = next((n for n in package.names if n.rpartition("/")[2] == STYLES), None)
    if part is None:
        return {}
    try:
        styles = b"".join(package.pieces(part))
    except AttachmentRefused as refused:
        if refused.reason is not RefusedBecause.CORRUPT:
            raise
        return {}
    return _remembered(styles) if len(styles) <= LONGEST_REMEMBERED else _looks_in(styles)


def _looks_in(styles: bytes) -> Mapping[str, Look]:
    """By number, those that say something; of a part that is not well-formed none does."""
    walk, parser = _Styles(), xml_parser()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    if not feed_if_whole(parser, (styles,)):
        return {}
    looks = {str(n): walk.look(a) for n, a in enumerate(walk.styles)}
    return {n: look for n, look in looks.items() if look != USUAL}


_remembered = lru_cache(maxsize=REMEMBERED)(_looks_in)


@dataclass(slots=True)
class _Styles:
    """Fonts and fills by their number: whether struck, whether white; whether a fill is none."""

    codes: dict[str, Signs] = field(default_factory=dict)
    struck: list[bool] = field(default_factory=list)
    white: list[bool] = field(default_factory=list)
    bare: list[bool] = field(default_factory=list)
    styles: list[Attributes] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    def start(self, name: str, a: Attributes) -> None:
        local, within = local_name(name), self.inside[-1] if self.inside else ""
        if local in ("fonts", "fills", "cellXfs", "dxfs"):
            self.inside.append(local)
        elif local == "numFmt" and within != "dxfs":
            self.codes[a.get("numFmtId", "")] = signs_of(a.get("formatCode", ""))
        elif within == "fonts":
            self._of_font(local, a)
        elif within == "fills":
            self._of_fill(local, a)
        elif within == "cellXfs" and local == "xf":
            self.styles.append(a)

    def _of_font(self, local: str, a: Attributes) -> None:
        if local == "font":
            self.struck.append(False)
            self.white.append(False)
        elif local == "strike" and self.struck:
            self.struck[-1] = a.get("val", "1") not in ("0", "false")
        elif local == "color" and self.white:
            self.white[-1] = _is_white(a)

    def _of_fill(self, local: str, a: Attributes) -> None:
        if local == "fill":
            self.bare.append(True)
        elif local == "patternFill" and self.bare:
            self.bare[-1] = a.get("patternType", "none") == "none"
        elif local == "fgColor" and self.bare and _is_white(a):
            self.bare[-1] = True
        elif local == "gradientFill" and self.bare:
            self.bare[-1] = False

    def end(self, name: str) -> None:
        if self.inside and local_name(name) == self.inside[-1]:
            self.inside.pop()

    def look(self, a: Attributes) -> Look:
        font, fill = _number(a, "fontId"), _number(a, "fillId")
        code = a.get("numFmtId", "0")
        return look_of(
            struck=_at(self.struck, font),
            unseen=_at(self.white, font) and (_at(self.bare, fill) or not self.bare),
            signs=self.codes.get(code) or built_in_signs(_number(a, "numFmtId")),
        )


def _is_white(a: Attributes) -> bool:
    is_paper = a.get("theme") == "0" and float_of(a.get("tint", "0")) > -0.1
    return a.get("rgb", "").upper() in _WHITE or a.get("indexed") in ("1", "9") or is_paper


def float_of(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def _number(a: Attributes, name: str) -> int:
    text = a.get(name, "0")
    return int(text) if text.isdecimal() and len(text) < 8 else 0


def _at(flags: Sequence[bool], number: int) -> bool:
    return number < len(flags) and flags[number]
