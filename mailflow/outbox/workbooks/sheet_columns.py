"""One column of a sheet is changed without the columns it is grouped with."""

from __future__ import annotations

from copy import copy

from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from mailflow.domain.sheet import column_letters


def column_alone(sheet: Worksheet, column: int) -> ColumnDimension:
    """The dimension of a column counted from 1.

    A file keeps like columns as one range under the first one's letter. A second entry inside the
    range would make Excel say that the file is damaged, so the range is cut in up to three.
    """
    dimensions = sheet.column_dimensions
    for letter, dimension in list(dimensions.items()):
        first, last = dimension.min or 0, dimension.max or 0
        if first < last and first <= column <= last:
            del dimensions[letter]
            for low, high in ((first, column - 1), (column, column), (column + 1, last)):
                if low <= high:
                    part = copy(dimension)
                    part.index = column_letters(low - 1)
                    part.min, part.max = low, high
                    dimensions[part.index] = part
    return dimensions[column_letters(column - 1)]


def show_column(sheet: Worksheet, column: int) -> None:
    for dimension in list(sheet.column_dimensions.values()):
        if dimension.hidden and (dimension.min or 0) <= column <= (dimension.max or 0):
            column_alone(sheet, column).hidden = False


def widen_column(sheet: Worksheet, column: int, signs: float) -> None:
    own = column_alone(sheet, column)
    own.width = max(signs, own.width)
