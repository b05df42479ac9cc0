"""Text tables are decoded strictly and split by the separator that keeps rows alike."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers.cells import DISAGREE, Rows, text_cell
from mailflow.parsers.grid import MAX_TEXT, AttachmentRefused, Cell, Grid, check_size
from mailflow.parsers.text_tables import is_figure, rows_of

SEPARATORS = ",\t;|，"
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
UNREADABLE = "\ufffd"
FEW = 200
"""Of so many signs one may be damaged and the text still be a text."""
_HINT = re.compile(r"\s*\"?sep=(.)\"?[ \t]*(?:\r\n|\r|\n|$)", re.IGNORECASE)


def decode(raw: bytes) -> str | None:
    """By byte-order mark, then UTF-8, then GB18030; None when it is neither.

    Single damaged signs become U+FFFD; texts of western code pages are read as such.
    """
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return _strict(raw, encoding)
    if b"\0" in raw[:4096]:
        little = raw[1:4096:2].count(0) > raw[0:4096:2].count(0)
        return _strict(raw, "utf-16-le" if little else "utf-16-be")
    return _strict(raw, "utf-8") or _strict(raw, "gb18030") or _lenient(raw)


def _strict(raw: bytes, encoding: str) -> str | None:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    odd = sum(1 for c in text[:4096] if ord(c) < 32 and c not in "\r\n\t\f\x1a")
    return None if odd > 2 else text


def _lenient(raw: bytes) -> str | None:
    """What is no text throughout; a few damaged signs shall not cost a sender his order."""
    for encoding in ("utf-8", "gb18030"):
        text = raw.decode(encoding, "replace")
        if 0 < text.count(UNREADABLE) * FEW <= len(text):
            return _strict(text.encode(), "utf-8")
    western = _strict(raw, "cp1252")
    return western if western and sum(map(str.isascii, western)) * 10 > len(western) * 8 else None


def is_text(raw: bytes) -> bool:
    return decode(raw) is not None


def read_csv(raw: bytes) -> tuple[Grid, ...]:
    """Raises `AttachmentRefused` for text that is no table."""
    text = decode(raw)
    if text is None:
        raise AttachmentRefused(RefusedBecause.CORRUPT, "text in an unknown encoding")
    rows = _rows(text.rstrip("\x1a\0"))
    if not rows:
        raise AttachmentRefused(RefusedBecause.EMPTY, "no filled cell")
    return (Grid("", rows),)


def _rows(text: str) -> Rows:
    hint = _HINT.match(text)
    separator = hint[1] if hint else _separator(text)
    if separator is None or (separator in "\t|" and '"' not in text):
        return rows_of(text.splitlines())
    rows: Rows = {}
    header, count, columns = _Header(), 0, 0
    for number, line in enumerate(_lines(text[hint.end() :] if hint else text, separator)):
        cells = {c: text_cell(value) for c, value in enumerate(line) if value.strip()}
        columns, count = max(columns, len(line)), count + len(cells)
        check_size(number + 1, columns, count)
        if cells:
            rows[number] = _believed(cells, wider=header.is_passed(cells, len(line)))
    return rows


@dataclass(slots=True)
class _Header:
    """How wide the table is: as the last line of words without a figure."""

    width: int = 0
    fresh: bool = True

    def is_passed(self, cells: Mapping[int, Cell], width: int) -> bool:
        """A row with more cells than its table is one that a separator inside a cell shifted."""
        if any(is_figure(cell.text) for cell in cells.values()):
            self.fresh = False
            return 0 < self.width <= max(cells)
        if len(cells) > 1 and (self.fresh or width >= self.width):
            self.width, self.fresh = width, True
        return False


def _believed(cells: Mapping[int, Cell], *, wider: bool) -> dict[int, Cell]:
    return {
        column: replace(cell, trouble=DISAGREE) if wider or UNREADABLE in cell.text else cell
        for column, cell in cells.items()
    }


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    """By the quotes where they are in order; where one is missing they are signs like others."""
    csv.field_size_limit(MAX_TEXT)
    try:
        yield from list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        if "limit" in str(error):
            raise AttachmentRefused(RefusedBecause.TOO_LARGE, str(error)) from error
        for line in text.splitlines():
            doubted = UNREADABLE if '"' in line else ""
            yield [f"{value}{doubted}" for value in line.split(separator)]


def _separator(text: str) -> str | None:
    """The one that most lines have, and have equally often; None where none does."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    best, score = None, 0.0
    for separator in SEPARATORS:
        counts = Counter(n for line in lines if (n := line.count(separator)))
        if counts:
            columns, alike = max(counts.items(), key=lambda x: (x[1], x[0]))
            weight = alike * (1 + min(columns, 10) / 10)
            if weight > score:
                best, score = separator, weight
    return best
