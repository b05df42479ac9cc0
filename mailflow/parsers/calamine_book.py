"""python-calamine as the second opinion on a workbook, and its panics as silence."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from types import TracebackType

import python_calamine

from mailflow.parsers.cells import Value

Said = Sequence[Sequence[Value]]
Extent = tuple[int, int]
MOST_RESERVED = 4_000_000
"""Cells, empty ones too, that calamine holds a sheet in."""
ODDITIES = (python_calamine.CalamineError, OSError, ValueError, LookupError, OverflowError)


def extent_of(rows: Mapping[int, Collection[int]]) -> Extent:
    """Rows and columns from A1 to the last filled cell."""
    return max(rows, default=-1) + 1, max(
        (max(row, default=-1) for row in rows.values()), default=-1
    ) + 1


class _Unless:
    """Swallows what calamine raises over a damaged file, its panics too: a panic of the language
    it is written in is a `BaseException` that has no name to be caught by (reliability X09)."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if kind is None:
            return False
        return issubclass(kind, ODDITIES) or kind.__name__ == "PanicException"


class CalamineBook:
    """Opens a workbook if calamine can; never raises over what it finds there."""

    def __init__(self, raw: bytes) -> None:
        self._book: python_calamine.CalamineWorkbook | None = None
        self.names: tuple[str, ...] = ()
        with _Unless():
            self._book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
            self.names = tuple(
                sheet.name
                for sheet in self._book.sheets_metadata
                if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet
            )

    def said(self, name: str, extent: Extent = (0, 0)) -> Said | None:
        """All cells of a sheet from A1 on; None where calamine cannot read it, or finds nothing:
        it has called sheets empty that were not. Nor is it asked where `extent`, the rows and
        columns that are known to be filled, would cost it more memory than there is."""
        found: Said | None = None
        with _Unless():
            if self._book is not None and extent[0] * extent[1] <= MOST_RESERVED:
                found = self._book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        return found or None
