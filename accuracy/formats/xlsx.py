"""Workbooks as two programs write them: one forgets the results of formulas, one keeps them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from random import Random

import openpyxl
import xlsxwriter
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from accuracy.book import Book, Error, Formula, Page, Value
from accuracy.formats.format import SHEETS, STRUCK, XLSX_TYPE, Format

WRITTEN = datetime(2026, 11, 9, 9, 30)
THIN = Side(style="thin")


def with_openpyxl(book: Book, rng: Random) -> bytes:
    """Formulas without results, as any script leaves them."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    styled = rng.random() < 0.5
    for page in book.pages:
        sheet = made.create_sheet(page.name)
        sheet.sheet_state = "hidden" if page.hidden else "visible"
        for (row, column), value in page.cells.items():
            cell = sheet.cell(row + 1, column + 1)
            cell.value = _openpyxl_value(page, value)
            if isinstance(value, date):
                cell.number_format = rng.choice(("yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"'))
            if isinstance(value, Decimal):
                cell.number_format = "#,##0.00" if styled else "General"
            if styled:
                cell.border = Border(THIN, THIN, THIN, THIN)
                if row == 0:
                    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFFF99")
        for row, column in page.struck:
            sheet.cell(row + 1, column + 1).font = Font(strike=True)
        for top, left, bottom, right in page.merges:
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
        for row in page.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True
        for column in page.hidden_columns:
            sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    made.active = next(n for n, p in enumerate(book.pages) if not p.hidden)
    return _saved(made)


def _saved(made: openpyxl.Workbook) -> bytes:
    made.properties.created = made.properties.modified = WRITTEN
    out, again = io.BytesIO(), io.BytesIO()
    made.save(out)
    # The program puts the present moment on every part; a case is the same whenever it is made.
    with zipfile.ZipFile(out) as parts, zipfile.ZipFile(again, "w") as archive:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            archive.writestr(info, _undated(parts.read(name)), zipfile.ZIP_DEFLATED)
    return again.getvalue()


def _undated(part: bytes) -> bytes:
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-11-09T09:30:00Z", part)


def _openpyxl_value(page: Page, value: Value) -> object:
    if isinstance(value, Formula):
        return f"={page.formula(value)}"
    if isinstance(value, Error):
        return value.text
    return float(value) if isinstance(value, Decimal) else value


def with_xlsxwriter(book: Book, rng: Random) -> bytes:
    """Formulas with their results, as the usual programs keep them."""
    out = io.BytesIO()
    old_dates = rng.random() < 0.15
    made = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": old_dates})
    made.set_properties({"created": WRITTEN})
    shapes = {
        "date": made.add_format(
            {"num_format": rng.choice(("yyyy-mm-dd", "yyyy/m/d", 'm"月"d"日"'))}
        ),
        "money": made.add_format(
            {"num_format": rng.choice(("#,##0.00", "¥#,##0.00", "0.00", "General"))}
        ),
        "text": made.add_format({"num_format": "@", "border": 1}),
        "plain": made.add_format({"border": 1}),
    }
    for page in book.pages:
        sheet = made.add_worksheet(page.name)
        for top, left, bottom, right in page.merges:
            sheet.merge_range(top, left, bottom, right, "")
        for (row, column), value in page.cells.items():
            _write(sheet, page, (row, column, value), shapes)
        for row in page.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in page.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        if page.hidden:
            sheet.hide()
    next(s for s, p in zip(made.worksheets(), book.pages, strict=True) if not p.hidden).activate()
    made.close()
    return out.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    page: Page,
    at: tuple[int, int, Value],
    shapes: dict[str, xlsxwriter.format.Format],
) -> None:
    row, column, value = at
    if isinstance(value, Formula):
        shown = float(value.shown) if isinstance(value.shown, Decimal) else value.shown
        sheet.write_formula(row, column, f"={page.formula(value)}", shapes["money"], shown)
    elif isinstance(value, Error):
        sheet.write_formula(row, column, f"={_FAILING[value.text]}", shapes["plain"], value.text)
    elif isinstance(value, date):
        sheet.write_datetime(
            row, column, datetime(value.year, value.month, value.day), shapes["date"]
        )
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), shapes["money"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, shapes["plain"])
    else:
        sheet.write_string(row, column, value, shapes["text"])


_FAILING = {"#REF!": "#REF!+1", "#N/A": "NA()", "#VALUE!": '"x"+1', "#NAME?": "NOSUCH(1)"}
XLSX = (
    Format("xlsx openpyxl", with_openpyxl, "xlsx", STRUCK | {"uncached"}, XLSX_TYPE),
    Format("xlsx xlsxwriter", with_xlsxwriter, "xlsx", SHEETS | {"cached"}, XLSX_TYPE),
)
