"""How cells of an .ods look where that changes what they say: by their styles, and by what the
program that wrote it down showed of their numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Cell
from mailflow.parsers.looks import USUAL, Look, look_of, looking
from mailflow.parsers.number_formats import PLAIN, Signs, signs_around
from mailflow.parsers.xlsx_parts import Attributes

MOST_PLACES = 12
DEEPEST = 20
"""Styles above a style; more are a circle."""
NO_LINE = frozenset({"", "none"})
WHITE, NO_COLOUR = frozenset({"#ffffff", "#fff"}), frozenset({"", "transparent"})
_NUMBER = re.compile(r"\d(?:[\d.,'\s]*\d)?")
_POWER = re.compile(r"\d[eE][+-]?\d")


@dataclass(frozen=True, slots=True)
class _Style:
    """What it says itself; None where it says nothing and the style above it counts."""

    parent: str = ""
    struck: bool | None = None
    white: bool | None = None
    bare: bool | None = None


class CellStyles:
    """All styles of a book, of cells and of parts of texts, by their names."""

    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}
        self._looks: dict[str, Look] = {}
        self._name = ""

    def start(self, name: str, a: Attributes) -> None:
        if name == "style:style":
            self._name = _named(a.get("style:family", ""), a.get("style:name", ""))
            parent = _named(a.get("style:family", ""), a.get("style:parent-style-name", ""))
            self._styles[self._name] = _Style(parent)
        elif name.endswith("-style"):
            self._name = ""  # of numbers, and of all cells alike
        elif not self._name:
            return
        elif name == "style:text-properties":
            own = self._styles.get(self._name, _Style())
            lines = [a[n] for n in _LINES if n in a]
            colour = a.get("fo:color")
            self._styles[self._name] = replace(
                own,
                struck=not NO_LINE.issuperset(lines) if lines else own.struck,
                white=own.white if colour is None else colour.casefold() in WHITE,
            )
        elif name == "style:table-cell-properties" and "fo:background-color" in a:
            colour = a["fo:background-color"].casefold()
            bare = colour in NO_COLOUR or colour in WHITE
            own = self._styles.get(self._name, _Style())
            self._styles[self._name] = replace(own, bare=bare)

    def of_cell(self, style: str) -> Look:
        if (look := self._looks.get(style)) is None:
            struck, white, bare = self._whole(_named("table-cell", style))
            look = look_of(struck=struck, unseen=white and bare, signs=PLAIN)
            self._looks[style] = look
        return look

    def strikes(self, style: str) -> bool:
        """Of a part of a text."""
        return self._whole(_named("text", style))[0]

    def _whole(self, name: str) -> tuple[bool, bool, bool]:
        struck = white = bare = None
        for _ in range(DEEPEST):
            style = self._styles.get(name)
            if style is None:
                break
            struck = style.struck if struck is None else struck
            white = style.white if white is None else white
            bare = style.bare if bare is None else bare
            name = style.parent
        return bool(struck), bool(white), bare is not False


_LINES = ("style:text-line-through-style", "style:text-line-through-type")


def _named(family: str, name: str) -> str:
    return f"{family} {name}"


def as_shown(cell: Cell, look: Look, text: str | None) -> Cell:
    """The cell as a person sees it; `text` is what the file says that it shows, where it does."""
    if cell.trouble:
        return cell
    if look != USUAL:
        return looking(cell, look)
    if text is None or cell.number is None or cell.day is not None:
        return cell
    signs = signs_shown(text.strip(), cell)
    return cell if signs == PLAIN else looking(cell, Look(signs=signs))


def signs_shown(text: str, cell: Cell) -> Signs:
    """What stands around a number; one rounded is the same, another is not. Powers of ten and a
    column that is too narrow are how every program shows long ones."""
    if text == cell.text or _POWER.search(text) or (text and not text.strip("#")):
        return PLAIN
    match = _NUMBER.search(text)
    if match is None or cell.number is None or not _is_same(match[0], abs(cell.number)):
        return Signs(hides=True)
    return signs_around(text[: match.start()], text[match.end() :])


def _is_same(shown: str, number: Decimal) -> bool:
    digits = re.sub(r"\D", "", shown)
    last = re.sub(r"\s", "", re.split(r"[.,]", shown)[-1])
    behind = len(last) if re.search(r"[.,]", shown) else 0
    if behind > MOST_PLACES:
        return False
    rounded = (number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) for places in {0, behind})
    return any(digits == f"{one:f}".replace(".", "") for one in rounded)
