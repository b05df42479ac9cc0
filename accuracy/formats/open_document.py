"""OpenDocument sheets as LibreOffice writes them: repeated cells, covered cells, endless rows."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape, quoteattr

from accuracy.book import Addresses, Book, Error, Formula, Page, Value
from accuracy.formats.format import STRUCK, Format
from accuracy.values import shown

KIND = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
}
LAST_COLUMN, LAST_ROW = 16384, 1048576


def ods(book: Book, rng: Random) -> bytes:
    spaces = " ".join(f'xmlns:{k}="{v}"' for k, v in NAMES.items())
    tables = "".join(_table(page) for page in book.pages)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {spaces} office:version="1.2">'
        '<office:automatic-styles><style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="struck" style:family="table-cell"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        moment = (2026, 11, 9, 9, 30, 0)
        archive.writestr(zipfile.ZipInfo("mimetype", moment), KIND, zipfile.ZIP_STORED)
        archive.writestr(zipfile.ZipInfo("content.xml", moment), content, zipfile.ZIP_DEFLATED)
        archive.writestr(
            zipfile.ZipInfo("META-INF/manifest.xml", moment), manifest, zipfile.ZIP_DEFLATED
        )
    return out.getvalue()


def _table(page: Page) -> str:
    spans = {(t, left): (b - t + 1, right - left + 1) for t, left, b, right in page.merges}
    covered = {
        (r, c)
        for t, left, b, right in page.merges
        for r in range(t, b + 1)
        for c in range(left, right + 1)
        if (r, c) != (t, left)
    }
    style = ' table:style-name="off"' if page.hidden else ""
    columns = "".join(
        f"<table:table-column{' table:visibility=' + chr(34) + 'collapse' + chr(34) if c in page.hidden_columns else ''}/>"
        for c in range(page.columns)
    )
    rows = "".join(_row(page, r, spans, covered) for r in range(page.rows))
    rest = (
        f'<table:table-row table:number-rows-repeated="{LAST_ROW - page.rows}">'
        f'<table:table-cell table:number-columns-repeated="{LAST_COLUMN}"/></table:table-row>'
    )
    return (
        f"<table:table table:name={quoteattr(page.name)}{style}>{columns}{rows}{rest}</table:table>"
    )


def _row(
    page: Page,
    row: int,
    spans: dict[tuple[int, int], tuple[int, int]],
    covered: set[tuple[int, int]],
) -> str:
    cells: list[str] = []
    empty = 0
    for column in range(page.columns):
        at = (row, column)
        if at not in page.cells and at not in spans and at not in covered:
            empty += 1
            continue
        if empty:
            cells.append(_nothing(empty))
            empty = 0
        if at in covered:
            cells.append("<table:covered-table-cell/>")
            continue
        down, across = spans.get(at, (1, 1))
        merged = (
            f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
            if at in spans
            else ""
        )
        style = ' table:style-name="struck"' if at in page.struck else ""
        cells.append(_cell(page, page.cells.get(at), merged + style))
    cells.append(_nothing(LAST_COLUMN - page.columns + empty))
    hidden = ' table:visibility="collapse"' if row in page.hidden_rows else ""
    return f"<table:table-row{hidden}>{''.join(cells)}</table:table-row>"


def _nothing(count: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{count}"/>'


def _cell(page: Page, value: Value | None, merged: str) -> str:
    if value is None:
        return f"<table:table-cell{merged}/>"
    formula = ""
    if isinstance(value, Formula):
        formula = f" table:formula={quoteattr('of:=' + _bracketed(page, value))}"
        value = value.shown
    if isinstance(value, Error):
        said = f'office:value-type="string" office:string-value="" table:formula="of:={value.text}"'
        return f"<table:table-cell{merged} {said}><text:p>{value.text}</text:p></table:table-cell>"
    if isinstance(value, date):
        said = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | Decimal):
        said = f'office:value-type="float" office:value="{shown(value)}"'
    else:
        said = 'office:value-type="string"'
    text = "".join(f"<text:p>{escape(part)}</text:p>" for part in shown(value).split("\n"))
    return f"<table:table-cell{merged}{formula} {said}>{text}</table:table-cell>"


def _bracketed(page: Page, formula: Formula) -> str:
    """Addresses as OpenDocument writes them: `[.D5]`."""
    named = {k: f"[.{a}]" for k, a in _addresses(page).items()}
    return formula.text.replace("}:{", "};{").format_map(named)


def _addresses(page: Page) -> dict[str, str]:
    return Addresses(page.keys)


OPEN_DOCUMENT = (Format("ods", ods, "ods", STRUCK | {"cached"}, KIND),)
