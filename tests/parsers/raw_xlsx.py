"""Workbooks written sign by sign, for what no library writes."""

from __future__ import annotations

import io
import zipfile

from mailflow.parsers.grid import Cell, Grid
from mailflow.parsers.xlsx import read_xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    '<numFmts count="0"/><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
)


def raw_xlsx(
    sheet: str | bytes, *, strings: str = "", strict: bool = False, book: str = ""
) -> bytes:
    """A workbook whose one sheet is this XML. `book` stands in `workbookPr`; style 1 is a date."""
    main, relations = (STRICT, STRICT_RELATIONS) if strict else (MAIN, RELATIONS)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><workbookPr {book}/>'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{relations}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{STYLES}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def sheet_of(rows: str, *, before: str = "", behind: str = "", main: str = MAIN) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{main}">{before}'
        f"<sheetData>{rows}</sheetData>{behind}</worksheet>"
    )


def grid_of(rows: str, *, strings: str = "", before: str = "", behind: str = "") -> Grid:
    [grid] = read_xlsx(raw_xlsx(sheet_of(rows, before=before, behind=behind), strings=strings))
    return grid


def cells_of(grid: Grid) -> dict[str, Cell]:
    """Cells by the address Excel shows."""
    return {f"{chr(65 + column)}{row + 1}": cell for (row, column), cell in grid.filled()}


def texts_of(grid: Grid) -> dict[str, str]:
    return {place: cell.text for place, cell in cells_of(grid).items()}
