"""Native charts of the statistics: they follow the cells, and a person may restyle them."""

from __future__ import annotations

from typing import Any

from mailflow.outbox.workbooks.statistics_paper import BLUE, FIRST, FONT, HEAD, Book

MOST_BARS = 12
SHADES = (
    *(BLUE, "#D9822B", "#2E9E7B", "#8C6BB1", "#C94F6D", "#6B7A8F"),
    *("#B8A038", "#3FA7D6", "#A65E2E", "#5B8C5A", "#E3B5BC", "#9AA7B8"),
)
_SMALL = {"name": FONT, "size": 9, "color": "#3C4350"}
_FAINT = {"visible": True, "line": {"color": "#E3E6EA", "width": 0.75}}


def _made(paper: Book, form: dict[str, str], title: str) -> Any:
    chart = paper.book.add_chart(form)
    chart.set_title(
        {
            "name": paper.words[f"chart_{title}"],
            "name_font": {"name": FONT, "size": 12, "bold": True, "color": "#1F2329"},
            "overlay": False,
        }
    )
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_chartarea({"border": {"color": "#DCDFE4"}})
    return chart


def _money_axis(paper: Book) -> dict[str, Any]:
    """Short amounts by their format: not every program knows units of an axis."""
    return {
        "num_font": _SMALL,
        "num_format": paper.words["axis_money"],
        "major_gridlines": _FAINT,
        "line": {"none": True},
    }


def columns(paper: Book, regions: int) -> Any:
    """Every region now beside the period before would need its figures on the sheet; now alone."""
    chart = _made(paper, {"type": "column"}, "regions")
    sheet = paper.words["sheet_regions"]
    last = FIRST + min(regions, MOST_BARS) - 1
    chart.add_series(
        {
            "name": paper.words["now"],
            "categories": [sheet, FIRST, 0, last, 0],
            "values": [sheet, FIRST, 2, last, 2],
            "fill": {"color": BLUE},
            "gap": 60,
        }
    )
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": _SMALL})
    chart.set_y_axis(_money_axis(paper))
    chart.set_size({"width": 400, "height": 300})
    return chart


def budget_columns(paper: Book) -> Any:
    """Budget beside what was used, of the last month on the sheet."""
    chart = _made(paper, {"type": "column"}, "budgets")
    uses = paper.statistics.budgets
    last = FIRST + len(uses) - 1
    first = FIRST + next(n for n, use in enumerate(uses) if use.month == uses[-1].month)
    sheet = paper.words["sheet_budgets"]
    for column, shade in ((2, "#B9C4D6"), (3, BLUE)):
        chart.add_series(
            {
                "name": [sheet, HEAD, column],
                "categories": [sheet, first, 1, last, 1],
                "values": [sheet, first, column, last, column],
                "fill": {"color": shade},
                "gap": 60,
            }
        )
    chart.set_x_axis({"num_font": _SMALL})
    chart.set_y_axis(_money_axis(paper))
    chart.set_size({"width": 626, "height": 290})
    return chart


def trend(paper: Book) -> Any:
    """Months of the year, a colour a region."""
    chart = _made(paper, {"type": "column", "subtype": "stacked"}, "months")
    sheet = paper.words["sheet_months"]
    last = FIRST + len({month for month, _, _ in paper.statistics.months}) - 1
    regions = len(paper.statistics.regions)
    # More colours than these nobody can tell apart: then the total alone.
    shown = range(1, regions + 1) if regions <= len(SHADES) else (regions + 1,)
    for column, shade in zip(shown, SHADES, strict=False):
        chart.add_series(
            {
                "name": [sheet, HEAD, column],
                "categories": [sheet, FIRST, 0, last, 0],
                "values": [sheet, FIRST, column, last, column],
                "fill": {"color": shade},
                "gap": 60,
            }
        )
    chart.set_x_axis({"num_font": _SMALL, "text_axis": True})
    chart.set_y_axis(_money_axis(paper))
    chart.set_size({"width": 420, "height": 300})
    return chart


def bars(
    paper: Book, name: str, column: int, lines: int, where: tuple[int, str] | None = None
) -> Any:
    """The largest lines of a sheet, the largest on top."""
    first, of = where or (FIRST, name)
    chart = _made(paper, {"type": "bar"}, name)
    form = "#,##0" if name == "reasons" else paper.words["axis_money"]
    sheet = paper.words[f"sheet_{of}"]
    last = first + min(lines, MOST_BARS) - 1
    chart.add_series(
        {
            "name": paper.words["now"],
            "categories": [sheet, first, 0, last, 0],
            "values": [sheet, first, column, last, column],
            "fill": {"color": BLUE},
            "data_labels": {"value": True, "font": _SMALL, "num_format": form},
            "gap": 40,
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"num_font": _SMALL, "reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_size({"width": 700, "height": 110 + 24 * min(lines, MOST_BARS)})
    return chart
