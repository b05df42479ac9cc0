"""Stock of products by warehouses (`品名 | 郑州仓 | 西安仓`): a row for each cell that says a number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.report import ReportColumn
from mailflow.domain.stock import StockRow
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import Form
from mailflow.parsers.kinds.report_cells import columns_read, number_in
from mailflow.parsers.kinds.report_columns import Filled, columns_told
from mailflow.parsers.kinds.report_rows import RowReader, RowsRead
from mailflow.parsers.kinds.report_sums import sum_of
from mailflow.parsers.kinds.report_tables import Headed, ReportTable
from mailflow.parsers.page import Page

COUNTED = "on_hand"
PLACE = "warehouse"
_BRACKET = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]?\s*$")


def is_matrix(table: ReportTable, form: Form) -> bool:
    return Field.AT_PLACE in table.fields and {COUNTED, PLACE} <= form.slots.keys()


def read_matrix(
    page: Page, table: ReportTable, form: Form, filled: Sequence[Filled], said: Mapping[str, str]
) -> tuple[RowsRead, tuple[ReportColumn, ...]]:
    """The rows by row and column. A column that counts all places is held against their sum."""
    base = [slot for slot in filled if slot.slot not in (COUNTED, PLACE)]
    placed = [h for h in table.headed if h.field is Field.AT_PLACE]
    rows: list[tuple[int, int, StockRow]] = []
    columns = list(columns_told(page, base))
    whole: RowsRead | None = None
    for headed in placed:
        counted = Filled(COUNTED, form.slots[COUNTED].value, (headed,))
        read = RowReader(page, table, form, [*base, counted], said).all()
        place = _place(page, headed)
        for row in read.rows:
            assert isinstance(row, StockRow)
            if row.on_hand is not None:
                rows.append((row.row, headed.column, replace(row, warehouse=place)))
        [told] = columns_told(page, [counted])
        columns.append(replace(told, of=place))
        if whole is None:
            whole = read
        else:
            whole.totals.extend(read.totals)
            for doubt in read.doubts:
                if doubt.at is not None and doubt.at.column == headed.column:
                    whole.doubt(doubt)
    assert whole is not None
    lost = {d.at.row for d in whole.doubts if d.at}
    whole.rows = [row for _, _, row in sorted(rows, key=lambda entry: entry[:2])]
    for slot in filled:
        if slot.slot == COUNTED:
            _against_sums(page, whole, slot, (table, placed, lost))
    return whole, tuple(columns)


def _place(page: Page, headed: Headed) -> str:
    return _BRACKET.sub("", page.cells(headed.row)[headed.column].text).strip()


def _against_sums(
    page: Page, read: RowsRead, slot: Filled, of: tuple[ReportTable, Sequence[Headed], set[int]]
) -> None:
    """`合计` at the end of each row; where it differs, the cell is doubted."""
    table, placed, lost = of
    counts = Filled(COUNTED, slot.value, tuple(placed))
    reads = {c.column: c for c in columns_read(table, [slot, counts])}
    numbered: set[int] = {row.row for row in read.rows} - lost
    for row in sorted(numbered):
        cells = page.cells(row)
        for total in slot.headed:
            cell = cells.get(total.column)
            stated = number_in(reads[total.column], cell) if cell else None
            each: list[Decimal | None] = [
                number_in(reads[h.column], cells[h.column]) for h in placed if h.column in cells
            ]
            summed = sum_of([n for n in each if n is not None])
            if stated is not None and stated != summed:
                read.doubt(
                    Doubt(
                        DoubtKind.AMBIGUOUS_COLUMN,
                        page.place(row, total.column),
                        found=f"{total.header}: {stated:f}",
                        expected=f"{summed:f}",
                    )
                )
