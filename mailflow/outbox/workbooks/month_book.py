"""Whose inventory reports are in, as a workbook: a row a distributor, a column a month, by region."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from mailflow.domain.month_grid import MonthGrid
from mailflow.domain.printable import cleaned
from mailflow.outbox.workbooks.statistics_paper import FIRST, FONT, HEAD, LOOKS
from mailflow.outbox.workbooks.text_book import A4, text_book
from mailflow.parsers.sandbox_shapes import decoded

Words = Mapping[str, str]
WHO = {"region": 90, "code": 80, "distributor": 230, "manager": 210}
"""What stands left of the months, and how wide it is in pixels."""
_BOX = {"align": "center", "bottom": 1, "bottom_color": "#D5D9DF"}
STATES = {
    "valid": {**_BOX, "font_color": "#1A7F37", "bg_color": "#E6F4EA"},
    "returned": {**_BOX, "font_color": "#A85400", "bg_color": "#FFF1DC"},
    "missing": {**_BOX, "font_color": "#C0271D", "bg_color": "#FCE8E6"},
}


def month_book(crossed: bytes, words: Words) -> bytes:
    """`crossed` is a `MonthGrid` as `sandbox_shapes` encodes it."""
    return write(decoded(crossed, MonthGrid), words)


def write(grid: MonthGrid, words: Words) -> bytes:
    """An .xlsx; the same grid gives the same bytes."""
    out = io.BytesIO()
    book = text_book(out, FONT, 10)
    title = f"{words['grid_title']} {grid.month:%Y-%m}"
    created = datetime(grid.month.year, grid.month.month, 1)
    book.set_properties({"title": title, "author": "mailflow", "created": created})
    base = {"font_name": FONT, "font_size": 10}
    looks = {n: book.add_format({**base, **look}) for n, look in {**LOOKS, **STATES}.items()}
    _grid(book, grid, words, looks)
    _regions(book, grid, words, looks)
    book.close()
    return out.getvalue()


def _grid(book: Workbook, grid: MonthGrid, words: Words, looks: Mapping[str, Format]) -> None:
    months = [f"{month:%Y-%m}" for month in grid.months]
    heads = [*((words[f"grid_{name}"], width) for name, width in WHO.items())]
    page = _sheet(
        book, (words["grid_sheet"], grid, words), [*heads, *((m, 78) for m in months)], looks
    )
    for row, each in enumerate(grid.rows, start=FIRST):
        who = each.customer
        for column, text in enumerate((who.region, who.code, who.name, who.regional_manager)):
            page.write_string(row, column, cleaned(text, 200), looks["text"])
        for column, state in enumerate(each.states, start=len(WHO)):
            page.write_string(row, column, words[f"grid_{state}"], looks[state])
    page.autofilter(HEAD, 0, max(HEAD, FIRST + len(grid.rows) - 1), len(WHO) + len(months) - 1)
    page.freeze_panes(FIRST, len(WHO) - 1)


def _regions(book: Workbook, grid: MonthGrid, words: Words, looks: Mapping[str, Format]) -> None:
    columns = [(words[f"grid_{n}"], 100) for n in ("region", "expected", "reported", "absent")]
    page = _sheet(book, (words["grid_sheet_regions"], grid, words), columns, looks)
    for row, each in enumerate(grid.regions, start=FIRST):
        page.write_string(row, 0, cleaned(each.region, 100), looks["text"])
        for column, number in enumerate((each.expected, each.reported, each.missing), start=1):
            page.write_number(row, column, number, looks["count"])
    page.freeze_panes(FIRST, 1)


def _sheet(
    book: Workbook,
    what: tuple[str, MonthGrid, Words],
    columns: Sequence[tuple[str, int]],
    looks: Mapping[str, Format],
) -> Worksheet:
    name, grid, words = what
    page = book.add_worksheet(cleaned(name, 31))
    page.hide_gridlines(2)
    page.write_string(0, 0, f"{words['grid_title']} {grid.month:%Y-%m}", looks["title"])
    page.set_row_pixels(0, 34)
    said = words["grid_about"].format(reported=grid.reported, expected=len(grid.rows))
    page.write_string(1, 0, said, looks["about"])
    for at, (head, width) in enumerate(columns):
        page.set_column_pixels(at, at, width)
        page.write_string(HEAD, at, head, looks["head_text"])
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD)
    page.set_footer("&C&P / &N")
    return page
