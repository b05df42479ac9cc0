"""Native charts of all stock: they follow the cells, and a person may restyle them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.workbook import Workbook

from mailflow.outbox.workbooks.statistics_paper import BLUE, FIRST, FONT, HEAD

ORANGE = "#D9822B"
MOST_BARS = 12
SHADES = (BLUE, ORANGE, "#2E9E7B", "#8C6BB1", "#C94F6D", "#6B7A8F")
SOLD, CLOSING, COVER = 3, 5, 6
"""Columns of a sheet of sums."""
_SMALL = {"name": FONT, "size": 9, "color": "#3C4350"}
_FAINT = {"visible": True, "line": {"color": "#E3E6EA", "width": 0.75}}
_HIDDEN = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}


class Charts:
    """Of one workbook, in its words."""

    def __init__(self, book: Workbook, words: Mapping[str, str]) -> None:
        self._book = book
        self._words = words

    def bars(self, name: str, count: int) -> Any:
        """Sold beside what is left, of the largest of a sheet, the largest on top."""
        chart = self._chart({"type": "bar"}, f"stock_chart_{name}")
        for column, shade in ((SOLD, BLUE), (CLOSING, ORANGE)):
            chart.add_series(self._series(name, (0, column), count, shade))
        return self._laid(chart, count, 46)

    def cover(self, name: str, count: int) -> Any:
        """How many days the stock of each lasts."""
        chart = self._chart({"type": "bar"}, "stock_chart_cover")
        chart.add_series(self._series(name, (0, COVER), count, BLUE))
        chart.set_legend({"none": True})
        return self._laid(chart, count, 30)

    def _series(self, name: str, columns: tuple[int, int], count: int, shade: str) -> Any:
        (names, numbers), sheet = columns, self._words[f"stock_sheet_{name}"]
        last = FIRST + min(count, MOST_BARS) - 1
        return {
            "name": [sheet, HEAD, numbers],
            "categories": [sheet, FIRST, names, last, names],
            "values": [sheet, FIRST, numbers, last, numbers],
            "fill": {"color": shade},
            "gap": 45,
            "data_labels": {"value": True, "font": _SMALL, "num_format": "#,##0"},
        }

    def _laid(self, chart: Any, count: int, pixels: int) -> Any:
        chart.set_y_axis({"num_font": _SMALL, "reverse": True})
        chart.set_x_axis(_HIDDEN)
        chart.set_size({"width": 620, "height": 96 + pixels * min(count, MOST_BARS)})
        return chart

    def trend(self, months: int) -> Any:
        """Sold and left at the end of each month."""
        chart = self._chart({"type": "line"}, "stock_chart_trend")
        sheet = self._words["stock_sheet_trend"]
        last = FIRST + months - 1
        for column, shade in ((3, BLUE), (4, ORANGE)):
            chart.add_series(
                {
                    "name": [sheet, HEAD, column],
                    "categories": [sheet, FIRST, 0, last, 0],
                    "values": [sheet, FIRST, column, last, column],
                    "line": {"color": shade, "width": 2.25},
                    "marker": {"type": "circle", "size": 5, "fill": {"color": shade}},
                }
            )
        return self._months(chart)

    def sold(self, name: str, rows: int, months: int) -> Any:
        """The months of the largest few of a sheet of months, a line each."""
        chart = self._chart({"type": "line"}, f"stock_chart_{name}")
        sheet = self._words[f"stock_sheet_{name}"]
        for row, shade in zip(range(FIRST, FIRST + rows), SHADES, strict=False):
            chart.add_series(
                {
                    "name": [sheet, row, 0],
                    "categories": [sheet, HEAD, 1, HEAD, months],
                    "values": [sheet, row, 1, row, months],
                    "line": {"color": shade, "width": 2.25},
                }
            )
        chart.show_blanks_as("gap")
        return self._months(chart)

    def _months(self, chart: Any) -> Any:
        chart.set_x_axis({"num_font": _SMALL, "text_axis": True})
        chart.set_y_axis(
            {
                "num_font": _SMALL,
                "num_format": "#,##0",
                "major_gridlines": _FAINT,
                "line": {"none": True},
                "min": 0,
            }
        )
        chart.set_size({"width": 720, "height": 330})
        return chart

    def _chart(self, form: dict[str, str], title: str) -> Any:
        chart = self._book.add_chart(form)
        font = {"name": FONT, "size": 12, "bold": True, "color": "#1F2329"}
        chart.set_title({"name": self._words[title], "name_font": font, "overlay": False})
        chart.set_legend({"position": "bottom", "font": _SMALL})
        chart.set_chartarea({"border": {"color": "#DCDFE4"}})
        return chart
