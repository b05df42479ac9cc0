"""What a cell looks like is seen in every format: struck out, white on white, with a unit of its
format. An .xlsx is looked at in tests of its own."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from mailflow.domain.document import DoubtKind, Order
from mailflow.parsers.reader import read_file
from mailflow.parsers.workbook import read_book
from tests.parsers.grids import KNOWN, NORTH, A, B, asked, goods
from tests.parsers.raw_books import xlsb
from tests.parsers.sheets import saved
from tests.parsers.test_ods import content, ods
from tests.parsers.test_spreadsheetml import xml_2003

SHOWN = DoubtKind.SHOWN_OTHERWISE
LOOKS = ("", "struck", "white", "white on black", "unit", "struck part")
"""Of the cell B3. `struck part` is a text, `1012`, of which `10` is struck out."""


def rows(look: str) -> list[tuple[Any, ...]]:
    first = "1012" if look == "struck part" else 10
    return [("经销商", NORTH), ("产品名称", "箱数"), (A, first), (B, 5)]


def as_xlsx(look: str) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for row in rows(look):
        page.append(row)
    cell = page["B3"]
    if look == "struck":
        cell.font = Font(strike=True)
    if look.startswith("white"):
        cell.font = Font(color="FFFFFFFF")
    if look == "white on black":
        cell.fill = PatternFill("solid", fgColor="FF000000")
    if look == "unit":
        cell.number_format = '0"箱"'
    if look == "struck part":
        cell.value = CellRichText(TextBlock(InlineFont(strike=True), "10"), "12")
    return saved(book)


def as_xls(look: str) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("订单")
    styles = {
        "struck": xlwt.easyxf("font: struck_out true"),
        "white": xlwt.easyxf("font: color white"),
        "white on black": xlwt.easyxf(
            "font: color white; pattern: pattern solid, fore_colour black"
        ),
        "unit": xlwt.easyxf(num_format_str='0"箱"'),
    }
    for r, row in enumerate(rows(look)):
        for c, value in enumerate(row):
            is_it = (r, c) == (2, 1)
            if is_it and look == "struck part":
                part = xlwt.easyfont("struck_out true")
                sheet.write_rich_text(r, c, [("10", part), "12"])
            elif is_it and look in styles:
                sheet.write(r, c, value, styles[look])
            else:
                sheet.write(r, c, value)
    # Texts that go over several records, the longest allowed in one.
    for n in range(40):
        sheet.write(4 + n, 6, f"{n}" + "一" * 300)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_xlsb(look: str) -> bytes:
    number = {"struck": 2, "white": 3, "white on black": 4, "unit": 5}.get(look, 0)
    part = [(2, 1)] if look == "struck part" else []
    cells = [tuple(float(v) if isinstance(v, int) else v for v in row) for row in rows(look)]
    return xlsb(cells, styled={(2, 1): number}, struck_parts=part)


ODS_STYLES = (
    '<office:automatic-styles><style:style style:name="above" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid" fo:color="#ffffff"/></style:style>'
    '<style:style style:name="struck" style:family="table-cell" style:parent-style-name="above"/>'
    '<style:style style:name="white" style:family="table-cell" style:parent-style-name="above">'
    '<style:text-properties style:text-line-through-style="none"/></style:style>'
    '<style:style style:name="white on black" style:family="table-cell" style:parent-style-name="white">'
    '<style:table-cell-properties fo:background-color="#000000"/></style:style>'
    '<style:style style:name="part" style:family="text"><style:text-properties '
    'style:text-line-through-type="single"/></style:style>'
    '<number:number-style style:name="N1"><style:text-properties style:text-line-through-style="solid"/>'
    "</number:number-style></office:automatic-styles>"
)


def as_ods(look: str) -> bytes:
    lines = []
    for r, row in enumerate(rows(look)):
        cells = []
        for c, value in enumerate(row):
            style = f'table:style-name="{look}"' if (r, c) == (2, 1) else ""
            kind = 'office:value-type="string"'
            if isinstance(value, int):
                kind = f'office:value-type="float" office:value="{value}"'
            text = f"{value}箱" if style and look == "unit" else str(value)
            if style and look == "struck part":
                text = '<text:span text:style-name="part">10</text:span>12'
            cells.append(
                f"<table:table-cell {style} {kind}><text:p>{text}</text:p></table:table-cell>"
            )
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return ods(content("".join(lines), before=ODS_STYLES))


XML_STYLES = (
    '<Style ss:ID="above"><Font ss:StrikeThrough="1"/></Style>'
    '<Style ss:ID="struck" ss:Parent="above"/><Style ss:ID="white"><Font ss:Color="#FFFFFF"/></Style>'
    '<Style ss:ID="white on black"><Font ss:Color="#FFFFFF"/><Interior ss:Color="#000000" '
    'ss:Pattern="Solid"/></Style>'
    '<Style ss:ID="unit"><NumberFormat ss:Format="0&quot;箱&quot;"/></Style></Styles>'
)


def as_xml(look: str) -> bytes:
    lines = []
    for r, row in enumerate(rows(look)):
        cells = []
        for c, value in enumerate(row):
            style = f'ss:StyleID="{look}"' if (r, c) == (2, 1) and look != "struck part" else ""
            kind = "Number" if isinstance(value, int) else "String"
            text = "<S>10</S>12" if value == "1012" else value
            cells.append(f'<Cell {style}><Data ss:Type="{kind}">{text}</Data></Cell>')
        lines.append(f"<Row>{''.join(cells)}</Row>")
    return xml_2003("".join(lines)).replace("</Styles>", XML_STYLES).encode()


WRITERS = {"a.xlsx": as_xlsx, "b.xls": as_xls, "a.xlsb": as_xlsb, "a.ods": as_ods, "c.xls": as_xml}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", WRITERS)
def test_a_look_is_seen_in_every_format(name: str, look: str) -> None:
    write: Callable[[str], bytes] = WRITERS[name]
    [order] = read_file(name, write(look), KNOWN).documents
    assert isinstance(order, Order)
    doubted = look in ("struck", "white", "struck part")
    assert asked(order) == ([(SHOWN, "B3")] if doubted else [])
    first = {"unit": "10箱", "struck part": "1012"}.get(look, "10")
    assert goods(order) == [(A, first, ""), (B, "5", "")]


@pytest.mark.parametrize(
    ("value", "shown", "wanted"),
    [
        (12, "12", ""),
        (1200, "1,200", ""),
        (1200, "1 200.00", ""),
        (80.625, "80.63", ""),
        (168, "¥168.00", ""),
        (120_000_000_000, "1.2E+11", ""),
        (12, "###", ""),
        (12, "", "not-shown"),
        (1200, "12", "not-shown"),
        (12, "1200", "not-shown"),
        (0.12, "12%", "not-shown"),
        (12, "1.2万", "not-shown"),
        (12, "0.5", "not-shown"),
    ],
)
def test_a_number_of_an_ods_is_what_it_shows(value: float, shown: str, wanted: str) -> None:
    cell = (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )
    raw = ods(content(f"<table:table-row>{cell}</table:table-row>"))
    assert read_book(raw).grids[0].rows[0][0].trouble == wanted


def test_a_whole_column_of_an_ods_may_be_struck_out() -> None:
    column = '<table:table-column/><table:table-column table:default-cell-style-name="struck"/>'
    cells = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{a}</text:p>'
        f'</table:table-cell><table:table-cell office:value-type="{k}" office:value="{b}">'
        f"<text:p>{b}</text:p></table:table-cell></table:table-row>"
        for a, b, k in (("产品名称", "箱数", "string"), (A, 10, "float"), (B, 5, "float"))
    )
    [order] = read_file("a.ods", ods(content(column + cells, before=ODS_STYLES)), KNOWN).documents
    assert isinstance(order, Order)
    assert [kind for kind, _ in asked(order)].count(SHOWN) == 2
