"""Dispatch lists as a warehouse sends them back: our own, opened and filled in by another program."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mailflow.domain.order import DispatchList
from mailflow.domain.report import Count
from mailflow.domain.shipment import FilledList
from mailflow.outbox.workbooks.dispatch_list import write
from tests.outbox.workbooks.lists import ZH
from tests.parsers.sheets import documents, saved

HEADERS = {
    "序号": "line",
    "#": "line",
    "产品名称": "name",
    "实发\n箱数": "shipped",
    "Shipped\ncases": "shipped",
    "缺货\n听数": "short",
    "Short\ntins": "short",
    "批号/效期": "batch",
    "Batch /\nexpiry": "batch",
    "备注": "remark",
    "Remarks": "remark",
}


class Paper:
    """A list that is being filled in; `lines` are the rows of its lines, `at` its columns."""

    def __init__(self, made: DispatchList, words: Mapping[str, str] = ZH) -> None:
        self.book = load_workbook(io.BytesIO(write(made, words)))
        page = self.book.worksheets[0]
        assert isinstance(page, Worksheet)
        self.page = page
        self.at = {
            HEADERS[c.value]: c.column
            for row in page.iter_rows()
            for c in row
            if c.value in HEADERS and c.column is not None
        }
        self.header = next(
            c.row for row in page.iter_rows() for c in row if c.value in ("序号", "#")
        )
        self.lines = [self.header + 1 + n for n in range(len(made.order.lines))]

    def fill(self, line: int, **values: Any) -> None:
        for name, value in values.items():
            self.page.cell(self.lines[line], self.at[name]).value = value

    def column(self, header: str, *values: Any) -> None:
        """A column of the warehouse's own, right of ours."""
        number = self.page.max_column + 1
        self.page.cell(self.header, number).value = header
        for row, value in zip(self.lines, values, strict=False):
            self.page.cell(row, number).value = value

    def foot(self, label: str, text: str) -> None:
        cells = [c for row in self.page.iter_rows() for c in row if c.value == label]
        cells[-1].value = text

    def insert_below(self, line: int) -> int:
        """An empty row below a line, with all that is merged below it moved along, as Excel does."""
        row = self.lines[line] + 1
        moved = [m for m in self.page.merged_cells.ranges if m.min_row >= row]
        for area in moved:
            self.page.merged_cells.remove(area)
        self.page.insert_rows(row)
        for area in moved:
            area.shift(row_shift=1)
            self.page.merged_cells.add(area)
        self.lines = [r + 1 if r >= row else r for r in self.lines]
        return row

    def saved(self) -> bytes:
        return saved(self.book)


def read(paper: Paper | bytes, name: str = "清单.xlsx") -> FilledList:
    [found] = documents(paper if isinstance(paper, bytes) else paper.saved(), name)
    assert isinstance(found, FilledList), found
    return found


def cases(number: int) -> Count:
    return Count(cases=Decimal(number))
