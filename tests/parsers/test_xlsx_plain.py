"""The short way through a sheet sees what the long way sees, or leaves the sheet to it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from mailflow.parsers import xlsx_plain, xlsx_scan
from mailflow.parsers.grid import AttachmentRefused
from mailflow.parsers.xlsx_cells import Meanings
from mailflow.parsers.xlsx_plain import plain_rows
from mailflow.parsers.xlsx_scan import SheetScan, long_way, scan_sheet
from mailflow.parsers.xlsx_strings import SharedStrings, strings_of
from mailflow.parsers.xlsx_strings import long_way as strings_the_long_way
from tests.parsers.raw_xlsx import sheet_of
from tests.parsers.sheets import saved

STRINGS = SharedStrings(("甲", " 乙 ", ""))
CELLS = (
    '<c r="{}" s="1"/>',
    '<c r="{}"><v>12</v></c>',
    '<c r="{}" s="3"><v>2.50</v></c>',
    '<c r="{}" s="3" t="s"><v>1</v></c>',
    '<c r="{}" t="str"><f>A1&amp;"x"</f><v>x y</v></c>',
    '<c r="{}" t="str"><f t="shared" ref="A1:A9" si="0">IF(A1,"")</f><v></v></c>',
    '<c r="{}" t="str"><f t="shared" si="0"/><v/></c>',
    '<c r="{}"><f>A1*2</f></c>',
    '<c r="{}"><f ca="1">NOW()</f><v>46335.5</v></c>',
    '<c r="{}" t="b"><v>1</v></c>',
    '<c r="{}" t="e"><v>#N/A</v></c>',
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> 丙 </t></is></c>',
    '<c r="{}" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
    '<c r="{}" t="inlineStr"><v>7</v></c>',
    '<c r="{}" t="n"><is><t>no</t></is></c>',
    '<c t="s" r="{}"><v>0</v></c>',
    '<c r="{}"><v>3</v><v>4</v></c>',
    '<c r="{}" t="str"><v>a&amp;lt;&quot;b&apos;</v></c>',
    '<c r="{}" t="inlineStr"><is><t>a&gt;&amp;amp;</t></is></c>',
    '<c r="{}" t="inlineStr"><is><t></t></is></c>',
    '<c r="{}" t="str"><v>a&#10;b</v></c>',
    "<c><v>9</v></c>",
    '<c r="{}" s="1" />',
    '<c r="{}"><f>A1</f><v></v></c>',
    '<c r="{}"><f /><v /></c>',
    '<c r="{}"><v></v></c>',
    " \n",
    "<!-- <v>8</v> -->",
)
ROWS = (
    'r="{}"',
    'r="{}" hidden="1"',
    'r="{}" spans="1:3" ht="0" x14ac:dyDescent="0.2"',
    "",
    "r='{}'",
)
NUMBERS = st.integers(1, 4)


@st.composite
def a_row(draw: st.DrawFn) -> str:
    number = draw(NUMBERS)
    mark = draw(st.sampled_from(ROWS)).format(number)
    if draw(st.booleans()) and draw(st.booleans()):
        return f"<row {mark}/>"
    letters = draw(st.lists(st.sampled_from(["A", "B", "C", "Z"]), max_size=4).map(sorted))
    row = number if draw(st.integers(0, 9)) else draw(NUMBERS)
    cells = [draw(st.sampled_from(CELLS)).format(f"{letter}{row}") for letter in letters]
    return f"<row {mark}>{''.join(cells)}</row>"


@st.composite
def a_sheet(draw: st.DrawFn) -> bytes:
    """Mostly well written; now and then a sign is lost or comes in where none should be."""
    rows = draw(st.lists(a_row(), max_size=4))
    if draw(st.booleans()):
        rows = [f'<row r="{n}">{row.partition(">")[2]}' for n, row in enumerate(rows, start=1)]
    sheet = sheet_of("".join(rows), before='<cols><col min="2" max="2" hidden="1"/></cols>')
    if not draw(st.integers(0, 3)):
        at = draw(st.integers(0, len(sheet)))
        sign = draw(st.sampled_from(["", "<", ">", '"', "&", "\r", "]]>", "\x01", " ", "1"]))
        sheet = sheet[:at] + sign + sheet[at + draw(st.integers(0, 1)) :]
    return sheet.encode()


def walked(sheet: bytes) -> SheetScan | str:
    try:
        return long_way(sheet, Meanings(STRINGS))
    except AttachmentRefused as refusal:
        return refusal.reason


def scanned(sheet: bytes) -> SheetScan | str:
    try:
        return scan_sheet([sheet], Meanings(STRINGS))
    except AttachmentRefused as refusal:
        return refusal.reason


@given(a_sheet())
@example(sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>').encode())
def test_both_ways_see_the_same(sheet: bytes) -> None:
    assert scanned(sheet) == walked(sheet)


ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
TWO = '<row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'


@pytest.mark.parametrize(
    "sheet",
    [
        sheet_of(ONE, before=f"<!-- <sheetData>{TWO}</sheetData> -->"),
        sheet_of(ONE, before=f"<x><![CDATA[<sheetData>{TWO}</sheetData>]]></x>"),
        sheet_of(ONE, before=f"<?x <sheetData>{TWO}</sheetData>?>"),
        sheet_of(ONE, before=f"<!-- <sheetData>{TWO} -->"),
        sheet_of(f"{ONE}<!-- </sheetData> -->{TWO}"),
        sheet_of(f"{ONE}</sheetData><sheetData>{TWO}"),
        sheet_of(ONE).replace("sheetData", "nothing", 1) + f"<!-- <sheetData>{TWO}</sheetData> -->",
        sheet_of(f'<row r="1" hidden="0" hidden="1">{ONE.partition(">")[2]}'),
        sheet_of(f'<row r="1" r="2">{ONE.partition(">")[2]}'),
        sheet_of('<row r="1"><c r="A1" t="str"><v>é</v></c></row>').replace("UTF-8", "ISO-8859-1"),
        sheet_of('<row r="1"><c r="A1" t="str"><f>\']]>\'</f><v>x</v></c></row>'),
        sheet_of('<row r="1"><c r="A1" t="str"><v>a\r\nb</v></c></row>'),
        sheet_of('<row r="1"><c r="A1" t="str"><v>a\ufffeb</v></c></row>'),
        sheet_of(f"{ONE}</row>"),
        sheet_of(f'{ONE}<row r="2">'),
        sheet_of(f"{ONE}x"),
        sheet_of(""),
    ],
)
def test_rows_that_only_look_like_the_sheets_are_not_taken_for_them(sheet: str) -> None:
    assert scanned(sheet.encode()) == walked(sheet.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_every_encoding_is_read_alike(encoding: str) -> None:
    name = encoding.removesuffix("-sig").upper()
    sheet = sheet_of('<row r="1"><c r="A1" t="str"><v>é</v></c></row>').replace("UTF-8", name)
    raw = sheet.encode(encoding)
    assert scanned(raw) == walked(raw)
    assert not isinstance(scanned(raw), str)


def test_bytes_that_are_no_text_are_left_to_the_long_way() -> None:
    sheet = sheet_of('<row r="1"><c r="A1" t="str"><v>@</v></c></row>').encode()
    sheet = sheet.replace(b"@", b"\xff")
    assert plain_rows(sheet, Meanings(STRINGS)) is None
    assert scanned(sheet) == walked(sheet) == "corrupt"


def part_of(workbook: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def by_xlsxwriter() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ("品名", "箱数", 2.5, True))
    page.write_formula(1, 1, "=B1*2", None, 24)
    page.set_row(3, None, None, {"hidden": True})
    page.merge_range(2, 0, 2, 3, "合计")
    book.close()
    return out.getvalue()


def by_openpyxl() -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for row in (("品名", "箱数", 2.5, True), (None, "=B1*2"), ("a&b", None)):
        page.append(row)
    page.row_dimensions[2].hidden = True
    return saved(book)


@pytest.mark.parametrize("workbook", [by_xlsxwriter(), by_openpyxl()])
def test_what_common_programs_write_goes_the_short_way(workbook: bytes) -> None:
    sheet, strings = part_of(workbook), ["a"] * 9
    found = plain_rows(sheet, Meanings(SharedStrings(strings)))
    assert found is not None
    whole = long_way(sheet, Meanings(SharedStrings(strings)))
    assert (found.rows, found.hidden) == (whole.rows, whole.hidden_rows)


def test_more_cells_than_an_order_can_have_are_left_to_the_long_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx_plain, "MAX_CELLS", 3)
    monkeypatch.setattr(xlsx_scan, "MAX_CELLS", 3)
    assert isinstance(scanned(sheet_of(ONE + TWO).encode()), SheetScan)
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="B{0}"><v>1</v></c></row>'
    many = sheet_of("".join(row.format(n) for n in range(1, 4)))
    assert scanned(many.encode()) == "too-large"


STRING = "<si><t>{}</t></si>"
PARTS = (
    STRING.format("甲"),
    STRING.format(" a&amp;lt; "),
    STRING.format(""),
    STRING.format("<!-- x -->"),
    STRING.format("a&#10;b"),
    '<si><t xml:space="preserve"> 乙 </t></si>',
    "<si><t/></si>",
    "<si/>",
    "<si><r><t>a</t></r><r><t>b</t></r></si>",
    "<si><t>丙</t><rPh sb='0' eb='1'><t>x</t></rPh></si>",
    "\n",
    "<x/>",
)
FRAMES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="a" count="9">{}</sst>',
    '<?xml version="1.0" encoding="utf-8"?><sst count="9" uniqueCount="3" xmlns="a">{}</sst>\n',
    '<sst xmlns="a">{}</sst>',
    '<sst xmlns="a" xmlns="a">{}</sst>',
    '<sst xmlns="a"><!-- {}</sst> --></sst>',
    '<!DOCTYPE a><sst xmlns="a">{}</sst>',
    '<?xml version="1.0" encoding="ISO-8859-1"?><sst xmlns="a">{}</sst>',
    '<sst xmlns="a">{}</sst><sst/>',
)


@given(
    st.sampled_from(FRAMES),
    st.lists(st.sampled_from(PARTS[:3]) | st.sampled_from(PARTS), max_size=5).map("".join),
    st.sampled_from(["", "", "", "<", "&", "\r", "\x01", "\ufffe", "]]>"]),
)
def test_strings_are_the_same_both_ways(frame: str, strings: str, sign: str) -> None:
    part = frame.format(strings + sign).encode()

    def found(read: Callable[[], list[str]]) -> list[str] | str:
        try:
            return read()
        except AttachmentRefused as refusal:
            return refusal.reason

    assert found(lambda: strings_of([part])) == found(lambda: strings_the_long_way(part))
