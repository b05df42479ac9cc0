"""What every part of a dispatch list is written on: a sheet, the list, its words and its looks."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.domain.order import DispatchList
from mailflow.domain.value import dataclass
from mailflow.outbox.workbooks.list_looks import Looks
from mailflow.outbox.workbooks.quick_sheet import QuickSheet

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet that is being written, and everything that is the same for all its cells."""

    page: QuickSheet
    sheet: DispatchList
    words: Words
    looks: Looks

    def merged(self, row: int, columns: tuple[int, int], text: str, look: str) -> None:
        """One text over several columns; always a text, whatever it begins with."""
        first, last = columns
        style = self.looks.of[look]
        if last > first:
            self.page.merge_range(row, first, row, last, "", style)
        self.page.write_string(row, first, text, style)
