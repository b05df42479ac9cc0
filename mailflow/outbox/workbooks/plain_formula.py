"""Which formulas of a stranger are arithmetic over cells of his own workbook, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection

LONGEST = 400
LAST_ROW = 1_048_576
DEEPEST = 20
"""Brackets and signs inside one another: nobody's order needs more."""

_COLUMN = r"\$?(?:[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])"
_CELL = rf"{_COLUMN}\$?[1-9]\d{{0,6}}"
_SHEET = (
    r"(?:'(?:[^'\[\]:/\\?*|]|''){1,62}'|[A-Za-z_\u3400-\u9fff][A-Za-z0-9_.\u3400-\u9fff]{0,30})!"
)
_TOKEN = re.compile(
    rf"\s*(?:(?P<range>(?:{_SHEET})?{_CELL}:{_CELL})|(?P<cell>(?:{_SHEET})?{_CELL})(?![A-Za-z0-9_.(!:])"
    r"|(?P<number>\d{1,15}(?:\.\d{1,15})?)(?![A-Za-z0-9_.(!:])|(?P<function>SUM|PRODUCT|ROUND)\("
    r"|(?P<sign>[-+*/(),%]))"
)


class _NotPlain(Exception):
    pass


def is_plain(formula: str, sheets: Collection[str]) -> bool:
    """Whether a formula, `=` before it, is made of these alone: `+ - * / %`, numbers, brackets,
    SUM, PRODUCT, ROUND, and cells of `sheets`."""
    if not formula.startswith("=") or len(formula) > LONGEST:
        return False
    try:
        _Grammar(_tokens(formula[1:], sheets)).whole()
    except _NotPlain:
        return False
    return True


def _tokens(text: str, sheets: Collection[str]) -> list[tuple[str, str]]:
    found = []
    text, at = text.rstrip(), 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _NotPlain
        kind = str(match.lastgroup)
        if kind in ("range", "cell") and not _is_here(match[kind], sheets):
            raise _NotPlain
        found.append((kind, match[kind]))
        at = match.end()
    return found


def _is_here(reference: str, sheets: Collection[str]) -> bool:
    sheet, mark, cells = reference.rpartition("!")
    if any(int(row) > LAST_ROW for row in re.findall(r"\d+", cells)):
        return False
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return not mark or sheet in sheets


class _Grammar:
    """`sum := product (± product)*`, `product := factor (*/ factor)*`, `factor := ± factor | atom %*`."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def whole(self) -> None:
        self._sum(0)
        if self._at < len(self._tokens):
            raise _NotPlain

    def _sum(self, depth: int) -> None:
        self._product(depth)
        while self._takes("+", "-"):
            self._product(depth)

    def _product(self, depth: int) -> None:
        self._factor(depth)
        while self._takes("*", "/"):
            self._factor(depth)

    def _factor(self, depth: int) -> None:
        if depth > DEEPEST:
            raise _NotPlain
        if self._takes("+", "-"):
            self._factor(depth + 1)
            return
        if self._takes_kind("function"):
            self._arguments(depth + 1)
        elif self._takes("("):
            self._sum(depth + 1)
            self._close()
        elif not (self._takes_kind("cell") or self._takes_kind("number")):
            raise _NotPlain
        while self._takes("%"):
            continue

    def _arguments(self, depth: int) -> None:
        """A range of cells stands only here."""
        while True:
            if not self._takes_kind("range"):
                self._sum(depth)
            if not self._takes(","):
                break
        self._close()

    def _close(self) -> None:
        if not self._takes(")"):
            raise _NotPlain

    def _takes(self, *signs: str) -> bool:
        found = self._at < len(self._tokens) and self._tokens[self._at] in [
            ("sign", sign) for sign in signs
        ]
        self._at += found
        return found

    def _takes_kind(self, kind: str) -> bool:
        found = self._at < len(self._tokens) and self._tokens[self._at][0] == kind
        self._at += found
        return found
