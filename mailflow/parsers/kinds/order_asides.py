"""What stands around a table and speaks of its lines: notes on their unit, comments on their cells."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.domain.document import Doubt, DoubtKind
from mailflow.domain.sheet import Written
from mailflow.parsers.kinds.order_blocks import Block
from mailflow.parsers.meanings import Label
from mailflow.parsers.vocabulary import unit_said


def units_denied(block: Block) -> Iterator[Doubt]:
    """What is said of the unit around a table whose lines count in another: a note below it, a
    label above it, a comment on its header."""
    units = {q.unit for read in block.rows.lines for q in read.line.quantities if q.text}
    if not units or None in units:
        return
    page, header = block.table.page, block.table.header
    said = [t for a in (block.head, block.foot) for t in a.titles]
    for label in (*block.head.labels, *block.foot.labels):
        if label.label is Label.UNIT:
            said.append(page.written(f"单位：{label.text}", label.row, label.column))
        elif label.label is Label.REMARK:
            said.append(page.written(label.text, label.row, label.column))
    for (row, column), text in page.grid.comments.items():
        if header.top <= row < header.first:
            said += [page.written(line, row, column) for line in text.splitlines()]
    for written in said:
        if unit_said(written.text) not in (None, *units):
            yield Doubt(DoubtKind.AMBIGUOUS_COLUMN, written.at, found=written.text)


def comments_on(block: Block) -> Iterator[Written]:
    """Those on the rows of a table: words about its lines."""
    page, rows = block.table.page, range(block.table.header.first, block.rows.last + 1)
    for (row, column), text in page.grid.comments.items():
        if row in rows:
            yield page.written(text, row, column)
