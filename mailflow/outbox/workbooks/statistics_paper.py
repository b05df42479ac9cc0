"""What every sheet of the statistics is written on, and what stands on each: period, source, time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from mailflow.domain.period import Period
from mailflow.domain.printable import cleaned
from mailflow.domain.statistics import Statistics
from mailflow.domain.value import dataclass
from mailflow.outbox.typeset_words import Words
from mailflow.outbox.workbooks.text_book import A4

FONT = "Microsoft YaHei"
BLUE = "#1F4E9C"
NONE = "–"
TITLE, ABOUT, HEAD, FIRST = 0, 1, 3, 4
"""Rows: the title, what it is of, the headings, the first figures."""
_ABOVE, _ROW, _MOST_ON_A_PAGE = 160, 20, 1_250
"""Pixels: of what stands above and between, of a row, and of a page printed at six tenths."""
_RULE = {"bottom": 1, "bottom_color": "#D5D9DF"}
_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": BLUE, "text_wrap": True}
LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"font_size": 18, "bold": True, "font_color": BLUE},
    "about": {"font_size": 9, "font_color": "#646A73"},
    "warn": {"font_size": 10, "bold": True, "font_color": "#C0271D"},
    "head": {**_HEAD, "align": "right", "valign": "vcenter"},
    "head_text": {**_HEAD, "align": "left", "valign": "vcenter"},
    "text": _RULE,
    "count": {**_RULE, "num_format": "#,##0"},
    "money": {**_RULE, "num_format": "#,##0.00"},
    "percent": {**_RULE, "num_format": "0.0%"},
    "change": {**_RULE, "num_format": '"▲"0.0%;"▼"0.0%;0.0%'},
    "fall": {**_RULE, "num_format": '"▲"0.0%;"▼"0.0%;0.0%', "font_color": "#C0271D"},
    "none": {**_RULE, "align": "right", "font_color": "#80868F"},
}
TOTAL = {"bold": True, "top": 1, "bg_color": "#F2F5FA"}
"""What the last row of a table is set apart by."""


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook that is written, of what and in which words. `titles` are those of findings."""

    book: Workbook
    statistics: Statistics
    words: Words
    titles: Mapping[str, str]
    zone: ZoneInfo
    looks: Mapping[str, Format]

    def sheet(self, name: str, columns: Sequence[tuple[str, int]]) -> Worksheet:
        """An empty sheet with its heads; a name a column and its width in pixels."""
        words, page = self.words, self.book.add_worksheet(self.words[f"sheet_{name}"])
        page.hide_gridlines(2)
        for at, (head, width) in enumerate(columns):
            page.set_column_pixels(at, at, width)
            page.write_string(HEAD, at, head, self.looks["head" if at else "head_text"])
        page.set_row_pixels(HEAD, 40)
        title = words("title", period=period_said(self.statistics.period, words))
        page.write_string(TITLE, 0, f"{title}  {words[f'sheet_{name}']}", self.looks["title"])
        page.set_row_pixels(TITLE, 34)
        page.write_string(ABOUT, 0, self.about(), self.looks["about"])
        page.write_string(ABOUT + 1, 0, self.source(name), self.looks["about"])
        page.freeze_panes(FIRST, 1)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 1 if name == "summary" else 0)
        page.repeat_rows(HEAD)
        page.set_margins(0.4, 0.4, 0.5, 0.6)
        page.set_footer(f"&L{title}&C&P / &N&R{self.words('made', at=self.made())}")
        return page

    def about(self) -> str:
        """Which days it is of, whose regions, when it was made."""
        words, statistics = self.words, self.statistics
        parts = [_days(statistics.period)]
        if not statistics.is_over:
            parts.append(words["running"])
        if statistics.only:
            parts.append(words("only", regions="、".join(statistics.only)))
        parts.append(words("made", at=self.made()))
        return "   ".join(parts)

    def source(self, name: str) -> str:
        return self.words["source_desk" if name == "desk" else "source"]

    def made(self) -> str:
        return local(self.statistics.made, self.zone)

    def cell(
        self, page: Worksheet, at: tuple[int, int], value: Any, look: str, *, total: bool = False
    ) -> None:
        """Money and percent are `Decimal`; nothing to be told is a dash."""
        row, column = at
        if value is None:
            look, value = "none", NONE
        elif look == "change" and value < 0:
            look = "fall"
        style = self.looks[f"{look}_total" if total else look]
        if isinstance(value, str):
            page.write_string(row, column, cleaned(value, 200), style)
        elif look in ("percent", "change", "fall"):
            page.write_number(row, column, float(value / 100), style)
        else:
            page.write_number(row, column, float(value), style)


def print_whole(page: Worksheet, rows: int, chart: int) -> None:
    """Table and chart (its height in pixels) on one page, so that none tears it; of a table too long
    for that nobody could read the figures."""
    if _ABOVE + rows * _ROW + chart <= _MOST_ON_A_PAGE:
        page.fit_to_pages(1, 1)


def local(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def period_said(period: Period, words: Words) -> str:
    """`2026年11月`, `2026年第4季度`."""
    return words(f"period_{period.grain.value}", year=period.year, n=period.number)


def _days(period: Period) -> str:
    return f"{period.first} – {period.after - timedelta(days=1)}"
