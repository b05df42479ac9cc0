"""BIFF8, the format of twenty years; and its XML brother of 2003."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape, quoteattr

from accuracy.book import Book, Error, Formula, Page, Value
from accuracy.formats.format import STRUCK, Format, Unmade
from accuracy.values import shown

try:
    import xlwt
except ImportError:
    xlwt = None


def biff8(book: Book, rng: Random) -> bytes:
    """Raises `Unmade` where xlwt is not installed."""
    if xlwt is None:
        raise Unmade("xls: xlwt is not installed: run `make prepare`")
    made = xlwt.Workbook(encoding="utf-8")
    dated = xlwt.easyxf(num_format_str=rng.choice(("yyyy-mm-dd", "yyyy/m/d")))
    struck = xlwt.easyxf("font: struck_out true")
    for page in book.pages:
        sheet = made.add_sheet(page.name)
        covered = {
            (top, left): (top, bottom, left, right) for top, left, bottom, right in page.merges
        }
        for at, span in covered.items():
            sheet.write_merge(*span, _biff_value(page, at))
        for (row, column), value in page.cells.items():
            if (row, column) in covered:
                continue
            if isinstance(value, date):
                sheet.write(row, column, value, dated)
            elif (row, column) in page.struck:
                sheet.write(row, column, _biff_value(page, (row, column)), struck)
            else:
                sheet.write(row, column, _biff_value(page, (row, column)))
        for row in page.hidden_rows:
            sheet.row(row).hidden = True
        for column in page.hidden_columns:
            sheet.col(column).hidden = True
        sheet.visibility = 1 if page.hidden else 0
    made.set_active_sheet(next(n for n, p in enumerate(book.pages) if not p.hidden))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _biff_value(page: Page, at: tuple[int, int]) -> object:
    value = page.cells.get(at)
    if isinstance(value, Error):
        return xlwt.Formula({"#N/A": "NA()"}.get(value.text, "1/0"))
    plain = page.plain(*at)
    return float(plain) if isinstance(plain, Decimal) else plain


def xml_2003(book: Book, rng: Random) -> bytes:
    """What "Save as XML table" and many ERP programs write, usually named .xls."""
    sheets = "".join(_xml_sheet(page) for page in book.pages)
    text = (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel">\n'
        '<Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
        '<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style></Styles>\n'
        f"{sheets}</Workbook>\n"
    )
    return text.encode("utf-8")


def _xml_sheet(page: Page) -> str:
    spans = {(t, left): (b - t, right - left) for t, left, b, right in page.merges}
    covered = {
        (r, c)
        for t, left, b, right in page.merges
        for r in range(t, b + 1)
        for c in range(left, right + 1)
        if (r, c) != (t, left)
    }
    rows = []
    for row in range(page.rows):
        cells, expected = [], 0
        for column in range(page.columns):
            at = (row, column)
            if at in covered or (at not in page.cells and at not in spans):
                continue
            index = "" if column == expected else f' ss:Index="{column + 1}"'
            down, across = spans.get(at, (0, 0))
            merged = (f' ss:MergeAcross="{across}"' if across else "") + (
                f' ss:MergeDown="{down}"' if down else ""
            )
            struck = ' ss:StyleID="s"' if at in page.struck else ""
            cells.append(f"<Cell{index}{merged}{struck}{_xml_data(page.cells.get(at))}</Cell>")
            expected = column + across + 1
        hidden = ' ss:Hidden="1"' if row in page.hidden_rows else ""
        if cells or hidden:
            rows.append(f'<Row ss:Index="{row + 1}"{hidden}>{"".join(cells)}</Row>\n')
    columns = "".join(
        f'<Column ss:Index="{c + 1}" ss:Hidden="1"/>' for c in sorted(page.hidden_columns)
    )
    options = "<Visible>SheetHidden</Visible>" if page.hidden else ""
    return (
        f"<Worksheet ss:Name={quoteattr(page.name)}><Table>{columns}\n{''.join(rows)}</Table>"
        f'<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{options}</WorksheetOptions></Worksheet>\n'
    )


def _xml_data(value: Value | None) -> str:
    if value is None:
        return ">"
    if isinstance(value, Formula):
        value = value.shown
    if isinstance(value, Error):
        return f'><Data ss:Type="Error">{value.text}</Data>'
    if isinstance(value, date):
        return f' ss:StyleID="d"><Data ss:Type="DateTime">{value.isoformat()}T00:00:00.000</Data>'
    if isinstance(value, int | Decimal):
        return f'><Data ss:Type="Number">{shown(value)}</Data>'
    text = escape(value).replace("\n", "&#10;")
    return f'><Data ss:Type="String">{text}</Data>'


OLD = (
    Format("xls", biff8, "xls", STRUCK, "application/vnd.ms-excel"),
    Format("xml 2003 named xls", xml_2003, "xls", STRUCK, "application/vnd.ms-excel"),
)
