"""Texts are cut and broken into lines by the room their signs take: Chinese ones take two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size
from rich.text import Text

NEVER_FIRST = frozenset("，。、；：？！”’）》】…,.;:?!)]")
"""Signs no line begins with."""


def broken(text: Text, room: int) -> Iterator[Text]:
    """Lines of a text; between Chinese signs anywhere, else between words."""
    offsets = list(_breaks(text.plain, max(room, 2)))
    for line in text.divide(offsets):
        line.rstrip()
        yield line


def _breaks(text: str, room: int) -> Iterator[int]:
    """Where lines after the first begin; a word longer than a line is broken too."""
    pieces = [m[0] for m in re.finditer(rf"[!-~]{{1,{room}}}|\s+|.", text, re.DOTALL)]
    widths = [cell_len(piece) for piece in pieces]
    first = used = at = 0
    for number, piece in enumerate(pieces):
        if used + widths[number] > room and used and not piece.isspace():
            follows = piece[0] in NEVER_FIRST and number - 1 > first
            back = follows and widths[number - 1] + widths[number] <= room
            first = number - 1 if back else number
            yield at - (len(pieces[number - 1]) if back else 0)
            used = widths[number - 1] if back else 0
        used += widths[number]
        at += len(piece)


def fitted(text: str, room: int) -> str:
    """As wide as the room, cut at its end."""
    return _padded(_cut(text, room), room)


def fitted_in_the_middle(text: str, room: int) -> str:
    """As wide as the room, cut so that the end is kept: in that, one maker's products differ."""
    if cell_len(text) <= room:
        return _padded(text, room)
    tail = ""
    for sign in reversed(text):
        if cell_len(tail) + cell_len(sign) > (room - 1) * 2 // 3:
            break
        tail = sign + tail
    return _padded(_cut(text, room - cell_len(tail)) + tail, room)


def _cut(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    return set_cell_size(text, room - 1).rstrip() + "…"


def _padded(text: str, room: int) -> str:
    return text + " " * (room - cell_len(text))
