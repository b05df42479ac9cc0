"""Lines of plain text become rows: cells stand between tabs, bars, or wide gaps under a header.

Where gaps make the cells, a row with one cell empty looks like a row that is shorter. Then the
places of its words under the header decide, and where these do not either, the row is doubted.
Tabs are one cell each where a program wrote them; where a person lined words up by them, any
number of them is one gap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from mailflow.domain.value import dataclass
from mailflow.parsers.cells import DISAGREE, Rows, text_cell
from mailflow.parsers.grid import Cell, check_size
from mailflow.parsers.meanings import IDENTITIES, QUANTITIES
from mailflow.parsers.values import money_of, quantity_of
from mailflow.parsers.vocabulary import meaning_of

_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\u3000[ \u00a0\u3000]*|[ \u00a0]*\t\s*")
_RULE = re.compile(r"[\s|+\-=_─━│┃┌┬┐├┼┤└┴┘—:*]+")
_BARS = "|│┃"
SHORTEST_HEADER = 2
"""Words a line must have to be a header that others stand under."""
LONGEST_LINE = 4_000
"""Longer lines are no rows of a table that anybody lined up."""
_GOODS = IDENTITIES | set(QUANTITIES)
SLACK = 1
"""Columns of a screen that an edge may be off and still be aligned."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A piece of a line with the columns of the screen it covers."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Header:
    """The last line of words without a figure. `loose` are tabs by which a person lined it up."""

    words: tuple[_Word, ...] = ()
    loose: bool = False


def rows_of(lines: Iterable[str]) -> Rows:
    """A line a row, blank lines too; raises `AttachmentRefused` for more than an order can be."""
    rows: Rows = {}
    header = _Header()
    count = 0
    lines = list(lines)
    kept = _tabs_are_cells(lines)
    for number, line in enumerate(lines):
        if not line.strip() or _is_rule(line):
            continue
        words = tuple(_words(line))
        if len(words) >= SHORTEST_HEADER and not any(is_figure(w.text) for w in words):
            header = _Header(words, loose=not kept and "" in line.strip().split("\t"))
        if cells := _cells(line, words, header, kept=kept):
            count += len(cells)
            check_size(number + 1, max(cells) + 1, count)
            rows[number] = cells
    return rows


def _tabs_are_cells(lines: Sequence[str]) -> bool:
    """Whether a program wrote the tabs: every line has the same number of them, or every line of a
    table with a word for each heading has each of them right below it. A line with fewer words,
    as where tables of unlike length stand side by side, shows it where no word stands elsewhere."""
    tabbed = [line.rstrip("\r\n") for line in lines if "\t" in line.strip()]
    if len({line.count("\t") for line in tabbed}) < 2:
        return len(tabbed) > 1
    header: list[int] = []
    below = partly = strange = 0
    for cells in map(_numbered, (line.split("\t") for line in tabbed)):
        texts = [cell.text for cell in cells.values()]
        if not any(map(is_figure, texts)):
            if any(meaning_of(text) in _GOODS for text in texts):
                header = list(cells)
        elif len(cells) == len(header):
            if list(cells) != header:
                return False
            below += 1
        elif len(cells) >= SHORTEST_HEADER and header:
            is_below = cells.keys() <= set(header)
            partly, strange = partly + is_below, strange + (not is_below)
    if below > 0 or (partly > 0 and not strange):
        return True
    return _stand_below_heads([_numbered(line.split("\t")) for line in tabbed])


def _stand_below_heads(rows: Sequence[Mapping[int, Cell]]) -> bool:
    """The same where a head stands in a line with words or figures of something else, as of tables side
    by side that begin at different heights: a row has a word for each heading, and none juts out."""
    heads: dict[int, int] = {}
    below = 0
    for cells in rows:
        for first, last in _runs(cells):
            over = [(f, end) for f, end in heads.items() if first <= end and f <= last]
            if _is_head([cells[n].text for n in range(first, last + 1)]):
                heads = {f: end for f, end in heads.items() if (f, end) not in over}
                heads[first] = last
            elif any(first < f or last > end for f, end in over):
                return False
            else:
                below += (first, last) in over
    return below > 0


def _runs(columns: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of the columns that stand next to each other; `columns` ascend."""
    for _, run in groupby(enumerate(columns), lambda pair: pair[1] - pair[0]):
        numbers = [column for _, column in run]
        yield numbers[0], numbers[-1]


def _is_head(texts: Sequence[str]) -> bool:
    if any(map(is_figure, texts)):
        return False
    meanings = {meaning_of(text) for text in texts}
    return bool(meanings & IDENTITIES) and bool(meanings & set(QUANTITIES))


def _is_rule(line: str) -> bool:
    """A line drawn between rows; two or three dashes are what a signature begins with."""
    return len(line.strip()) > 3 and _RULE.fullmatch(line) is not None


def is_figure(text: str) -> bool:
    return quantity_of(text) is not None or money_of(text) is not None


def _cells(line: str, words: Sequence[_Word], header: _Header, *, kept: bool) -> dict[int, Cell]:
    if "\t" in (line if kept else line.strip()) and not header.loose:
        return _numbered(line.strip("\r\n").split("\t"))
    if any(bar in line for bar in _BARS):
        return _numbered(re.split(f"[{_BARS}]", line.strip().strip(_BARS)))
    in_order = _numbered([w.text for w in words])
    if len(words) == 1 or not header.words:
        return in_order  # a note, or the end of a table
    placed = [None if header.loose else _column(word, header.words) for word in words]
    if len(words) == len(header.words):
        shifted = any(at is not None and at != n for n, at in enumerate(placed))
        return _doubted(in_order) if shifted else in_order
    columns = [at for at in placed if at is not None]
    if len(columns) == len(words) and columns == sorted(set(columns)):
        return {at: text_cell(word.text) for at, word in zip(columns, words, strict=True)}
    return _doubted(in_order)


def _doubted(cells: Mapping[int, Cell]) -> dict[int, Cell]:
    return {column: replace(cell, trouble=DISAGREE) for column, cell in cells.items()}


def _numbered(texts: Sequence[str]) -> dict[int, Cell]:
    cells = ((column, text_cell(text)) for column, text in enumerate(texts))
    return {column: cell for column, cell in cells if cell.text}


def _words(line: str) -> Iterator[_Word]:
    if len(line) > LONGEST_LINE:
        yield _Word(line.strip(), 0, 0)
        return
    position = column = 0
    for gap in [*_GAP.finditer(line), None]:
        end = gap.start() if gap else len(line.rstrip())
        text = line[position:end]
        if text.strip():
            yield _Word(text.strip(), column, column + _width(text))
        if gap:
            column += _width(text) + _width(gap[0])
            position = gap.end()


def _width(text: str) -> int:
    """Columns of a screen: a Chinese sign takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _column(word: _Word, header: Sequence[_Word]) -> int | None:
    """The one heading that the word is lined up with; None where there is none, or two."""
    above = [
        n
        for n, h in enumerate(header)
        if abs(word.start - h.start) <= SLACK
        or abs(word.end - h.end) <= SLACK
        or abs(word.start + word.end - h.start - h.end) <= 2 * SLACK
    ]
    return above[0] if len(above) == 1 else None
