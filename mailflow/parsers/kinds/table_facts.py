"""What those who settle the rows of a table may look at: its page, its header, what is said above."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.domain.sheet import Place
from mailflow.domain.value import dataclass
from mailflow.parsers.kinds.report_tables import ReportTable
from mailflow.parsers.page import Page


@dataclass(frozen=True, slots=True)
class TableFacts:
    """`columns` leads from each filled slot to its first column, `said` from a label to its text."""

    page: Page
    table: ReportTable
    columns: Mapping[str, int]
    said: Mapping[str, str]

    def header_of(self, slot: str) -> Place | None:
        column = self.columns.get(slot)
        rows = [h.row for h in self.table.headed if h.column == column]
        return None if column is None else self.page.place(rows[0], column)

    def cell_of(self, slot: str, row: int) -> Place | None:
        column = self.columns.get(slot)
        return None if column is None else self.page.place(row, column)
