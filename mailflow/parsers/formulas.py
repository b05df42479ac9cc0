"""Formulas of plain arithmetic are understood; whatever else a formula may be is not.

`SUM`, `PRODUCT`, `ROUND` and their like, `+ - * /`, percentages, references and ranges, also to
other sheets. Names, conditions, look-ups and external workbooks are left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Address

LONGEST = 2_000
DEEPEST = 40
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<reference>(?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!)?
            (?P<first>\$?[A-Za-z]{1,3}\$?\d{1,7})(?::(?P<last>\$?[A-Za-z]{1,3}\$?\d{1,7}))?(?![\w(!.]))
        | (?P<columns>(?:(?P<sheet2>'(?:[^']|'')+'|[^\W\d][\w.]*)!)?
            \$?(?P<left>[A-Za-z]{1,3}):\$?(?P<right>[A-Za-z]{1,3})(?![\w(!.]))
        | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?(?![\w.]))
        | (?P<function>[A-Za-z]+)\(
        | (?P<sign>[-+*/%(),])
    )\s*""",
    re.VERBOSE,
)
_PLACE = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")
LAST_ROW = 1_048_575


class NotPlain(Exception):
    """Something that is not plain arithmetic, or leads to what is not known."""


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Area:
    """One cell or several; no sheet is the formula's own."""

    sheet: str | None
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_cell(self) -> bool:
        return (self.top, self.left) == (self.bottom, self.right)


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negative:
    of: Expression


Expression = Number | Area | Call | Binary | Negative


def parse(text: str, shift: Address = (0, 0)) -> Expression:
    """Raises `NotPlain`. `shift` moves references without `$`, as in formulas that share a text."""
    if len(text) > LONGEST:
        raise NotPlain
    parser = _Parser(_tokens(text.removeprefix("=").strip()), shift)
    found = parser.sum(0)
    if parser.tokens:
        raise NotPlain
    return found


def _tokens(text: str) -> list[re.Match[str]]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotPlain
        tokens.append(match)
        at = match.end()
    return tokens[::-1]


@dataclass(slots=True)
class _Parser:
    """`tokens` are those still to come, the next one last."""

    tokens: list[re.Match[str]]
    shift: Address

    def _sign(self, signs: str) -> str:
        """The next token if it is one of these signs."""
        if self.tokens and (sign := self.tokens[-1]["sign"]) and sign in signs:
            self.tokens.pop()
            return sign
        return ""

    def sum(self, depth: int) -> Expression:
        return self._chain("+-", self._product, depth)

    def _product(self, depth: int) -> Expression:
        return self._chain("*/", self._signed, depth)

    def _chain(self, signs: str, part: Callable[[int], Expression], depth: int) -> Expression:
        if depth > DEEPEST:
            raise NotPlain
        found = part(depth + 1)
        while sign := self._sign(signs):
            found = Binary(sign, found, part(depth + 1))
        return found

    def _signed(self, depth: int) -> Expression:
        negative = False
        while sign := self._sign("+-"):
            negative ^= sign == "-"
        found = self._atom(depth)
        while self._sign("%"):
            found = Binary("/", found, Number(Decimal(100)))
        return Negative(found) if negative else found

    def _atom(self, depth: int) -> Expression:
        if not self.tokens:
            raise NotPlain
        token = self.tokens.pop()
        if token["number"]:
            return Number(Decimal(token["number"]))
        if token["reference"]:
            return self._area(token)
        if token["columns"]:
            left, right = column_of(token["left"]), column_of(token["right"])
            return Area(_name(token["sheet2"]), 0, min(left, right), LAST_ROW, max(left, right))
        if token["function"]:
            return Call(token["function"].upper(), self._arguments(depth))
        if token["sign"] == "(":
            found = self.sum(depth + 1)
            if self._sign(")"):
                return found
        raise NotPlain

    def _arguments(self, depth: int) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while not self._sign(")"):
            if found and not self._sign(","):
                raise NotPlain
            found.append(self.sum(depth + 1))
        return tuple(found)

    def _area(self, token: re.Match[str]) -> Area:
        first = self._place(token["first"])
        last = self._place(token["last"] or token["first"])
        (top, bottom), (left, right) = (sorted(pair) for pair in zip(first, last, strict=True))
        return Area(_name(token["sheet"]), top, left, bottom, right)

    def _place(self, text: str) -> Address:
        match = _PLACE.fullmatch(text)
        assert match is not None
        down, across = self.shift
        row = int(match[4]) - 1 + (0 if match[3] else down)
        column = column_of(match[2]) + (0 if match[1] else across)
        if not (0 <= row <= LAST_ROW and 0 <= column < 16_384):
            raise NotPlain
        return row, column


def _name(sheet: str | None) -> str | None:
    if sheet is None or not sheet.startswith("'"):
        return sheet
    return sheet[1:-1].replace("''", "'")


def column_of(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
