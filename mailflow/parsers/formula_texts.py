"""Formulas as other formats write them, put into the notation of .xlsx."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence

from mailflow.domain.sheet import column_letters
from mailflow.parsers.grid import Address

_ODS_REFERENCE = re.compile(
    r"\[(?:\$?(?P<sheet>'(?:[^']|'')+'|[^\]'.:]+))?\.(?P<first>\$?[A-Z]{1,3}\$?\d+)"
    r"(?::(?:\$?(?P<sheet2>'(?:[^']|'')+'|[^\]'.:]+))?\.(?P<last>\$?[A-Z]{1,3}\$?\d+))?\]"
)
_R1C1 = re.compile(r"(?<![\w.])R(\d+|\[-?\d+\])?C(\d+|\[-?\d+\])?(?![\w(.])")


def of_ods(text: str) -> str:
    """`of:=SUM([.A1:.B2];[$表1.C3])` is `=SUM(A1:B2,表1!C3)`."""
    formula = re.sub(r"^(?:of|oooc|msoxl):", "", text)
    return _ODS_REFERENCE.sub(_ods_reference, formula).replace(";", ",")


def _ods_reference(match: re.Match[str]) -> str:
    sheet = f"{match['sheet']}!" if match["sheet"] else ""
    if match["sheet2"] and match["sheet2"] != match["sheet"]:
        return "#"  # across several sheets: no plain reference
    return f"{sheet}{match['first']}" + (f":{match['last']}" if match["last"] else "")


def of_r1c1(text: str, at: Address) -> str:
    """`=RC[-1]*R2C3` in B5 is `=A5*C2`; beyond the sheet it is nothing that can be understood."""

    def place(match: re.Match[str]) -> str:
        row, column = (_index(match[n], at[n - 1]) for n in (1, 2))
        return f"{column_letters(column)}{row + 1}" if row >= 0 and column >= 0 else "#"

    return _R1C1.sub(place, text)


def _index(text: str | None, own: int) -> int:
    if text is None:
        return own
    return own + int(text[1:-1][:8]) if text.startswith("[") else int(text[:8]) - 1


SIGNS = {0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/"}
FUNCTIONS = {4: "SUM", 6: "MIN", 7: "MAX", 24: "ABS", 25: "INT", 27: "ROUND", 183: "PRODUCT"} | {
    212: "ROUNDUP",
    213: "ROUNDDOWN",
    228: "SUMPRODUCT",
}
SPACES = (0x01, 0x40, 0x41)
ARGUMENTS = {24: 1, 25: 1, 27: 2, 212: 2, 213: 2}
"""How many the functions take that do not say it themselves."""
LONGEST = 4_000


def of_tokens(
    tokens: bytes, at: Address, sheets: Sequence[str | None], *, wide: bool
) -> str | None:
    """The tokens of an .xls as text; None for what is no plain arithmetic.

    `sheets` are the names that references to other sheets name by number, None for other books';
    `wide` is BIFF8, where a place takes four bytes.
    """
    stack: list[str] = []
    try:
        for piece, takes in _pieces(tokens, at, sheets, wide=wide):
            if takes > len(stack):
                return None
            taken = [stack.pop() for _ in range(takes)][::-1]
            stack.append(piece.format(*taken, all=",".join(taken)))
            if len(stack[-1]) > LONGEST:
                return None
    except (struct.error, LookupError, ValueError):
        return None
    return f"={stack[0]}" if len(stack) == 1 else None


def _pieces(
    tokens: bytes, at: Address, sheets: Sequence[str | None], *, wide: bool
) -> Iterator[tuple[str, int]]:
    """How each token is written, and how many before it on the stack it takes.

    Raises `LookupError` for a token that is not understood.
    """
    (size,) = struct.unpack_from("<H", tokens)
    position, end = 2, 2 + size
    while position < end:
        kind, body = tokens[position], position + 1
        if kind >= 0x20:  # the same token for a reference, a value, an array
            kind = kind & 0x1F | 0x20
        if kind in SIGNS:
            yield "({0}" + SIGNS[kind] + "{1})", 2
            position = body
        elif kind in (0x12, 0x13, 0x14, 0x15):
            yield {0x12: "{0}", 0x13: "(-{0})", 0x14: "({0}%)", 0x15: "{0}"}[kind], 1
            position = body
        elif kind == 0x1E:
            yield str(struct.unpack_from("<H", tokens, body)[0]), 0
            position = body + 2
        elif kind == 0x1F:
            yield repr(struct.unpack_from("<d", tokens, body)[0]), 0
            position = body + 8
        elif kind == 0x19:
            if tokens[body] == 0x10:
                yield "SUM({0})", 1
            elif tokens[body] not in SPACES:
                raise LookupError
            position = body + 3
        elif kind in (0x21, 0x22):
            position = body + (2 if kind == 0x21 else 3)
            yield _function(tokens[body:position])
        else:
            text, position = _reference(tokens, kind, body, (at, sheets, wide))
            yield text, 0


def _function(body: bytes) -> tuple[str, int]:
    if len(body) == 2:
        number = int.from_bytes(body, "little")
        return f"{FUNCTIONS[number]}({{all}})", ARGUMENTS[number]
    number = int.from_bytes(body[1:], "little") & 0x7FFF
    return f"{FUNCTIONS[number]}({{all}})", body[0] & 0x7F


def _reference(
    tokens: bytes, kind: int, body: int, of: tuple[Address, Sequence[str | None], bool]
) -> tuple[str, int]:
    at, sheets, wide = of
    sheet = ""
    if kind in (0x3A, 0x3B) and wide:
        (number,) = struct.unpack_from("<H", tokens, body)
        name = sheets[number]
        if name is None:
            raise LookupError
        quoted = name.replace("'", "''").replace("{", "{{").replace("}", "}}")
        sheet, body, kind = f"'{quoted}'!", body + 2, kind - 0x16
    relative = kind in (0x2C, 0x2D)
    if kind in (0x24, 0x2C):
        row, column, size = _place(tokens, body, wide=wide)
        return sheet + _written(row, column, at if relative else None, wide=wide), body + size
    if kind not in (0x25, 0x2D):
        raise LookupError
    shape = "<HHHH" if wide else "<HHBB"
    top, bottom, left, right = struct.unpack_from(shape, tokens, body)
    own = at if relative else None
    first = _written(top, left, own, wide=wide)
    last = _written(bottom, right, own, wide=wide)
    return f"{sheet}{first}:{last}", body + struct.calcsize(shape)


def _place(tokens: bytes, body: int, *, wide: bool) -> tuple[int, int, int]:
    shape = "<HH" if wide else "<HB"
    row, column = struct.unpack_from(shape, tokens, body)
    return row, column, struct.calcsize(shape)


def _written(row: int, column: int, own: Address | None, *, wide: bool) -> str:
    """Its flags say which half is relative: in BIFF8 they stand in the column, before in the row."""
    flags = column if wide else row
    row = row if wide else row & 0x3FFF
    column &= 0xFF
    if own is not None:
        if flags & 0x8000:
            row = (own[0] + row) & 0xFFFF if wide else (own[0] + row) & 0x3FFF
        if flags & 0x4000:
            column = (own[1] + column) & 0xFF
    return f"{column_letters(column)}{row + 1}"
