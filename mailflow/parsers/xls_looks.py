"""How the cells of an .xls look where that changes what they say: by the records of its fonts,
formats and styles, and by the runs of its texts.

Most books have no such style and no struck font, and then no cell and no text is looked at again.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Address
from mailflow.parsers.looks import STRUCK as STRUCK_OUT
from mailflow.parsers.looks import USUAL, Look, built_in_signs, look_of
from mailflow.parsers.number_formats import Signs, signs_of

FONT, FONT_3, PALETTE, CONTINUE, SHARED_STRINGS = 0x0031, 0x0231, 0x0092, 0x003C, 0x00FC
FORMAT, SHARED_LABEL, MANY_NUMBERS = 0x041E, 0x00FD, 0x00BD
STYLE_3, STYLE_4, STYLE_5 = 0x0243, 0x0443, 0x00E0
KINDS = frozenset({FONT, FONT_3, PALETTE, FORMAT, STYLE_3, STYLE_4, STYLE_5})
STRUCK, WIDE, RICH, FAR_EAST = 0x08, 0x01, 0x08, 0x04
WHITE = frozenset({1, 9})
"""Colours that are white where the book has no palette of its own."""
FIRST_OF_PALETTE = 8
NO_FOURTH = 4
"""There is no font of this number; later ones are counted from one."""


@dataclass(slots=True)
class Styles:
    """The records of all fonts, formats and styles of a book, as they are."""

    version: int
    fonts: list[bytes] = field(default_factory=list)
    formats: dict[int, Signs] = field(default_factory=dict)
    styles: list[bytes] = field(default_factory=list)
    white: frozenset[int] = WHITE

    def take(self, kind: int, body: bytes) -> None:
        if kind in (FONT, FONT_3):
            self.fonts.append(body)
        elif kind == PALETTE:
            colours = [body[n : n + 3] for n in range(2, len(body) - 3, 4)]
            own = {FIRST_OF_PALETTE + n for n, c in enumerate(colours) if c == b"\xff\xff\xff"}
            self.white = frozenset(own | {1})
        elif kind == FORMAT and self.version >= 5 and len(body) >= 4:
            self.formats[int.from_bytes(body[:2], "little")] = signs_of(self._code(body))
        elif kind in (STYLE_3, STYLE_4, STYLE_5):
            self.styles.append(body)

    def _code(self, body: bytes) -> str:
        """Before BIFF8 in some code page: what is no Chinese there becomes signs that are asked."""
        if self.version < 8:
            return body[3:].decode("gb18030", "replace")
        wide = body[4] & WIDE if len(body) > 4 else 0
        return body[5:].decode("utf-16-le" if wide else "latin-1", "replace")

    def looks(self, texts: Sequence[bytes]) -> Looks:
        """`texts` is the record of the shared texts and those that go on with it."""
        if self.version < 3:
            return Looks()
        found = {n: self._look(body) for n, body in enumerate(self.styles)}
        styles = {n: look for n, look in found.items() if look != USUAL}
        struck = {n for n in range(len(self.fonts) + 1) if self.is_struck(n)}
        return Looks(styles, _Texts(texts).having(struck) if struck else frozenset())

    def _look(self, body: bytes) -> Look:
        if len(body) < (20 if self.version == 8 else 12):
            return USUAL
        if self.version < 5:
            return look_of(struck=self.is_struck(body[0]), unseen=False, signs=built_in_signs(0))
        font, code = struct.unpack_from("<HH", body)
        unseen = self._colour(font) in self.white and self._is_paper(body)
        signs = self.formats.get(code) or built_in_signs(code)
        return look_of(struck=self.is_struck(font), unseen=unseen, signs=signs)

    def _is_paper(self, body: bytes) -> bool:
        """Whether a style paints nothing, or all in white, behind the signs."""
        if self.version == 8:
            (lines, colours) = struct.unpack_from("<IH", body, 14)
            pattern = lines >> 26
        else:
            (colours,) = struct.unpack_from("<I", body, 8)
            pattern = (colours >> 16) & 0x3F
        return pattern == 0 or (colours & 0x7F) in self.white

    def _font(self, number: int) -> bytes:
        at = number - 1 if number > NO_FOURTH else number
        return self.fonts[at] if at < len(self.fonts) else b""

    def is_struck(self, number: int) -> bool:
        font = self._font(number)
        return len(font) > 2 and bool(font[2] & STRUCK)

    def _colour(self, number: int) -> int:
        font = self._font(number)
        return int.from_bytes(font[4:6], "little") if len(font) >= 6 else 0


class _Texts:
    """The shared texts of BIFF8, of which only the runs are wanted; they go over several records."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces
        self._number, self._at = 0, 8

    def having(self, fonts: set[int]) -> frozenset[int]:
        """Ends where the records do, whatever number of texts they promise."""
        found: set[int] = set()
        try:
            for number in range(sum(map(len, self._pieces))):
                if not fonts.isdisjoint(self._runs()):
                    found.add(number)
        except IndexError:
            pass
        return frozenset(found)

    def _runs(self) -> list[int]:
        """The fonts of the parts of one text."""
        signs, flags = int.from_bytes(self._taken(2), "little"), self._taken(1)[0]
        runs = int.from_bytes(self._taken(2), "little") if flags & RICH else 0
        beyond = int.from_bytes(self._taken(4), "little") if flags & FAR_EAST else 0
        self._skip_signs(signs, wide=bool(flags & WIDE))
        fonts = [int.from_bytes(self._taken(4)[2:], "little") for _ in range(runs)]
        self._taken(beyond)
        return fonts

    def _left(self) -> int:
        """Octets of the record under way; the next one begins where none are."""
        while self._at >= len(self._pieces[self._number]):
            self._number, self._at = self._number + 1, 0
        return len(self._pieces[self._number]) - self._at

    def _taken(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count:
            here = min(self._left(), count - len(taken))
            taken += self._pieces[self._number][self._at : self._at + here]
            self._at += here
        return taken

    def _skip_signs(self, signs: int, *, wide: bool) -> None:
        """A record that goes on with a text says anew how wide its signs are."""
        while signs:
            left = self._left()
            if self._at == 0:
                wide, self._at, left = bool(self._taken(1)[0] & WIDE), 1, left - 1
            here = min(left // (2 if wide else 1), signs)
            if not here:
                self._at += left
                continue
            self._at += here * (2 if wide else 1)
            signs -= here


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles of a book that change what a cell says, and the shared texts with struck parts."""

    styles: Mapping[int, Look] = field(default_factory=dict)
    texts: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.styles or self.texts)

    def of(self, kind: int, body: bytes) -> Iterator[tuple[Address, Look]]:
        """The cells of a record that look so: one, or those of a row of numbers."""
        row, column = struct.unpack_from("<HH", body)
        ends = range(4, len(body) - 7, 6) if kind == MANY_NUMBERS else range(4, 5)
        for n, at in enumerate(ends):
            if look := self.styles.get(int.from_bytes(body[at : at + 2], "little")):
                yield (row, column + n), look
        if kind == SHARED_LABEL and int.from_bytes(body[6:10], "little") in self.texts:
            yield (row, column), Look(STRUCK_OUT)
