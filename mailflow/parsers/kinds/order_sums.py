"""Totals as they are written: the word that makes a row one, the figures, how far back they reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mailflow.domain.document import TotalOf
from mailflow.domain.funding import funding_title
from mailflow.domain.sheet import Place
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Cell
from mailflow.parsers.headings import Fan
from mailflow.parsers.kinds.order_row import Row
from mailflow.parsers.meanings import Label, Meaning
from mailflow.parsers.sums import Reach, TotalWord, total_word, totals_in
from mailflow.parsers.values import capital_money_of, money_of, number_of, quantity_of
from mailflow.parsers.vocabulary import label_of

TOTAL_OF = {
    Meaning.CASES: TotalOf.CASES,
    Meaning.TINS: TotalOf.TINS,
    Meaning.QUANTITY: TotalOf.UNITS,
    Meaning.AMOUNT: TotalOf.AMOUNT,
}

Since = tuple[int, int | None]
"""The first line a total may cover and the one behind the last; None: down to the table's end."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A total as written. `reaches` are the lines of its table it may cover, the likeliest first;
    `lines` are given where it is known which. `is_sum` marks the sum of a row, which is looked at
    only where it is wrong."""

    of: TotalOf
    text: str
    at: Place
    number: Decimal | None
    word: TotalWord | None
    reaches: tuple[Since, ...] = ()
    fan: Fan | None = None
    lines: tuple[int, ...] | None = None
    is_sum: bool = False


def _of_which(text: str) -> str:
    """`其中：现金款` below a total."""
    return re.sub(r"^\s*(?:其中|of which)\s*[:：,，]?\s*", "", text)


def word_of(row: Row) -> TotalWord | None:
    """The word that makes a row a total, outside of the figures."""
    texts = row.texts()
    for text in texts:
        if word := total_word(text):
            return word
    paid = funding_title(_of_which(texts[0])) if len(texts) == 1 else None
    if paid and row.has_figure() and label_of(texts[0]) is not Label.OTHER:
        return TotalWord(Reach.ALL, texts[0], paid)
    for text in texts:
        if capital_money_of(text) is not None or list(totals_in(text)):
            return TotalWord(Reach.TABLE, text)
    return None


def is_sum_without_word(row: Row, lines: Sequence[int]) -> bool:
    """Whether a row of figures alone states in each the sum of those above it: in several columns,
    or in one below three lines at least. `lines` are the rows above."""
    table, page = row.reader.table, row.reader.page
    kinds = {h.column: TOTAL_OF[h.meaning] for h in table.headings if h.meaning in TOTAL_OF}
    filled = {c: cell for c, cell in row.cells.items() if cell.text or cell.trouble}
    if not filled or not filled.keys() <= kinds.keys() or row.names() or row.whose():
        return False
    for column, cell in filled.items():
        above = [page.cells(r).get(column) for r in lines]
        numbers = [_number(c, kinds[column]) for c in above if c is not None and c.text]
        known = [n for n in numbers if n]
        if None in numbers or len(known) < 2 or sum(known) != _number(cell, kinds[column]):
            return False
    return len(filled) > 1 or len(lines) > 2


def totals_of_row(row: Row, word: TotalWord, reaches: tuple[Since, ...]) -> Iterator[Stated]:
    for heading in row.reader.table.headings:
        cell, of = row.cells.get(heading.column), TOTAL_OF.get(heading.meaning)
        if of is None or cell is None or not (cell.text or cell.trouble):
            continue
        at, fan = row.place(heading.column), heading.fan
        said = list(totals_in(cell.text)) if cell.number is None else []
        if any(kind in (of, TotalOf.AMOUNT) for kind, _, _ in said) and _number(cell, of) is None:
            for kind, number, text in said:
                yield Stated(kind, text, at, number, word, reaches, fan)
            continue
        yield Stated(of, cell.text, at, _number(cell, of), word, reaches, fan)
    figures = row.reader.figure_columns
    for column, cell in row.cells.items():
        if column not in figures and cell.number is None:
            for kind, number, text in totals_in(cell.text):
                yield Stated(kind, text, row.place(column), number, word, reaches)


def sums_beside(row: Row, covered: Sequence[int]) -> Iterator[Stated]:
    """Columns beside those of distributors or fundings that hold the sum of a row."""
    for column, meaning in row.reader.figures:
        cell = row.cells.get(column)
        heading = next(h for h in row.reader.table.headings if h.column == column)
        if heading.fan or cell is None or not cell.text:
            continue
        if meaning is Meaning.AMOUNT and len(covered) == 1:
            continue  # that line's own amount
        of = TOTAL_OF[meaning]
        yield Stated(
            of,
            cell.text,
            row.place(column),
            _number(cell, of),
            None,
            lines=tuple(covered),
            is_sum=True,
        )


def _number(cell: Cell, of: TotalOf) -> Decimal | None:
    if cell.number is not None or cell.is_lost:
        return None if cell.is_lost else cell.number
    if of is TotalOf.AMOUNT:
        number = money_of(cell.text)
        return number if number is not None else capital_money_of(cell.text)
    read = quantity_of(cell.text)
    return read[0] if read and not read[2] else number_of(cell.text)
