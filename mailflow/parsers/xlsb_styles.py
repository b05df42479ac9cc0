"""What the fonts, fills and formats of an .xlsb make of its cells."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from mailflow.parsers.looks import USUAL, Look, built_in_signs, look_of
from mailflow.parsers.number_formats import BUILT_IN_MOMENTS, Signs, shows_moment, signs_of
from mailflow.parsers.xlsb_records import records, wide_text

FONT, NUMBER_FORMAT, FILL, FORMAT_OF_CELLS = 43, 44, 45, 47
BEGIN_CELL_FORMATS, END_CELL_FORMATS = 617, 618
BEGIN_CHANGES, END_CHANGES = 505, 506
"""Between these stand the styles of conditional formats, with fonts and fills of their own."""
STRUCK = 0x08
BY_NUMBER, BY_RGB, BY_THEME = 1, 2, 3
WHITE_NUMBERS, PAPER = frozenset({1, 9}), 0
DARKEST_WHITE = -3_277
"""A tenth of the whole way to black."""


@dataclass(slots=True)
class Styles:
    """By the number of the style: which show a day or a time, and which look otherwise."""

    moments: set[int] = field(default_factory=set)
    looks: dict[int, Look] = field(default_factory=dict)
    struck: list[bool] = field(default_factory=list)
    white: list[bool] = field(default_factory=list)
    bare: list[bool] = field(default_factory=list)
    codes: dict[int, tuple[bool, Signs]] = field(default_factory=dict)
    count: int = 0

    def font(self, body: bytes) -> None:
        self.struck.append(len(body) > 2 and bool(body[2] & STRUCK))
        self.white.append(_is_white(body[12:20]))

    def fill(self, body: bytes) -> None:
        pattern = int.from_bytes(body[:4], "little")
        self.bare.append(pattern == 0 or _is_white(body[4:12]))

    def format(self, body: bytes) -> None:
        code = wide_text(body, 2)[0]
        self.codes[int.from_bytes(body[:2], "little")] = shows_moment(code), signs_of(code)

    def style(self, body: bytes) -> None:
        code, font, fill = struct.unpack_from("<HHH", body, 2)
        built_in = code in BUILT_IN_MOMENTS, built_in_signs(code)
        is_moment, signs = self.codes.get(code, built_in)
        unseen = _at(self.white, font) and (_at(self.bare, fill) or not self.bare)
        look = look_of(struck=_at(self.struck, font), unseen=unseen, signs=signs)
        if is_moment:
            self.moments.add(self.count)
        if look != USUAL and (look.trouble or not is_moment):
            self.looks[self.count] = look
        self.count += 1


def styles_of(part: bytes) -> Styles:
    styles = Styles()
    inside = changes = False
    for kind, body in records(part):
        if kind in (BEGIN_CHANGES, END_CHANGES):
            changes = kind == BEGIN_CHANGES
        elif kind in (BEGIN_CELL_FORMATS, END_CELL_FORMATS):
            inside = kind == BEGIN_CELL_FORMATS
        elif changes:
            continue
        elif kind == FONT:
            styles.font(body)
        elif kind == FILL:
            styles.fill(body)
        elif kind == NUMBER_FORMAT and len(body) >= 2:
            styles.format(body)
        elif kind == FORMAT_OF_CELLS and inside and len(body) >= 8:
            styles.style(body)
    return styles


def _is_white(colour: bytes) -> bool:
    if len(colour) < 8:
        return False
    kind, number = colour[0] >> 1, colour[1]
    (tint,) = struct.unpack_from("<h", colour, 2)
    if kind == BY_THEME:
        return number == PAPER and tint > DARKEST_WHITE
    return (
        number in WHITE_NUMBERS
        if kind == BY_NUMBER
        else (kind == BY_RGB and colour[4:7] == b"\xff\xff\xff")
    )


def _at(flags: list[bool], number: int) -> bool:
    return number < len(flags) and flags[number]
