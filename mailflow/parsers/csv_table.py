"""Text tables are decoded strictly and split by the separator that keeps rows alike."""

from __future__ import annotations

import csv
import io
from collections import Counter

from mailflow.domain.document import RefusedBecause
from mailflow.parsers.grid import MAX_TEXT, AttachmentRefused, Cell, Grid, check_size

SEPARATORS = ",\t;|，"
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(raw: bytes) -> str | None:
    """By byte-order mark, then strict UTF-8, then strict GB18030; None when it is neither."""
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return _strict(raw, encoding)
    if b"\0" in raw[:4096]:
        little = raw[1:4096:2].count(0) > raw[0:4096:2].count(0)
        return _strict(raw, "utf-16-le" if little else "utf-16-be")
    return _strict(raw, "utf-8") or _strict(raw, "gb18030")


def _strict(raw: bytes, encoding: str) -> str | None:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    odd = sum(1 for c in text[:4096] if ord(c) < 32 and c not in "\r\n\t\f")
    return None if odd > 2 else text


def is_text(raw: bytes) -> bool:
    return decode(raw) is not None


def read_csv(raw: bytes) -> Grid:
    """Raises `AttachmentRefused` for text that is no table."""
    text = decode(raw)
    if text is None:
        raise AttachmentRefused(RefusedBecause.CORRUPT, "text in an unknown encoding")
    separator = _separator(text)
    csv.field_size_limit(MAX_TEXT)
    filled: dict[int, dict[int, Cell]] = {}
    columns = count = 0
    try:
        for row, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
            columns = max(columns, len(line))
            check_size(row + 1, columns, count)
            if cells := {
                c: Cell(shown) for c, value in enumerate(line) if (shown := value.strip())
            }:
                filled[row] = cells
                count += len(cells)
    except csv.Error as error:
        reason = RefusedBecause.TOO_LARGE if "limit" in str(error) else RefusedBecause.CORRUPT
        raise AttachmentRefused(reason, str(error)) from error
    if not filled:
        raise AttachmentRefused(RefusedBecause.EMPTY, "no filled cell")
    return Grid("", filled)


def _separator(text: str) -> str:
    """The one that most lines have, and have equally often; a comma where none does."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    best, score = ",", 0.0
    for separator in SEPARATORS:
        counts = Counter(n for line in lines if (n := line.count(separator)))
        if counts:
            columns, alike = max(counts.items(), key=lambda x: (x[1], x[0]))
            weight = alike * (1 + min(columns, 10) / 10)
            if weight > score:
                best, score = separator, weight
    return best
