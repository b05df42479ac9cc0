"""The paper the warehouse picks by: complete, printable, the same every time, and only text."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from mailflow.domain.appraisal import Funding
from mailflow.domain.printable import cleaned
from mailflow.domain.register import ShipTo
from mailflow.outbox.workbooks.dispatch_list import write
from tests.outbox.workbooks.lists import CUSTOMER, EN, ZH, a_line, a_list, some_lines, texts_of


def opened(data: bytes) -> tuple[Workbook, Worksheet]:
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return book, sheet


def everything_on(data: bytes) -> list[str]:
    return texts_of(opened(data)[1].iter_rows(values_only=True))


def part_of(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def footer_of(data: bytes) -> str:
    [footer] = re.findall("<oddFooter>(.*)</oddFooter>", part_of(data, "xl/worksheets/sheet1.xml"))
    return html.unescape(footer)


def column_of(sheet: Worksheet, header: str) -> tuple[int, int]:
    [cell] = [c for row in sheet.iter_rows() for c in row if c.value == header]
    assert cell.row is not None
    assert cell.column is not None
    return cell.row, cell.column


def test_no_price_and_no_amount_stands_on_the_paper() -> None:
    said = " ".join(everything_on(write(a_list(), ZH)))

    assert "168" not in said
    assert "987654" not in said


def test_an_ordinary_list_bears_no_release_mark() -> None:
    assert not [t for t in everything_on(write(a_list(), ZH)) if "特批" in t or "散听" in t]


def test_a_special_release_says_so_above_everything_but_the_number() -> None:
    _, sheet = opened(write(a_list(a_line(tins=20), special=True), ZH))

    assert str(sheet["A2"].value).startswith("特批")
    assert sheet["A2"].font.sz >= 20
    assert sheet["A2"].border.left.style == "thick"


def test_loose_tins_are_shown_beside_whole_cases() -> None:
    said = everything_on(write(a_list(a_line(tins=20), special=True), ZH))

    assert "3箱\n+2听" in said
    assert "其中散听 2 听" in said


def test_the_head_names_number_revision_customer_and_both_order_numbers() -> None:
    said = everything_on(write(a_list(), ZH))

    for text in ("FH261109-0042  R1", "DD261109-0042", "PO-2026-1107", "HE1000", "河南"):
        assert text in said
    assert CUSTOMER.name in said
    assert "2026-11-09" in said


def test_the_delivery_address_stands_in_brackets_behind_the_registered_one() -> None:
    said = everything_on(write(a_list(), ZH))

    assert "河南省南阳市建设路1号（实到地址：南阳市物流园A区6号仓）" in said


def test_there_are_no_brackets_without_a_delivery_address() -> None:
    ship = ShipTo("李伟", "13000000000", "河南省南阳市建设路1号")

    said = everything_on(write(a_list(ship_to=ship), ZH))

    assert "河南省南阳市建设路1号" in said
    assert not [t for t in said if "实到地址" in t]


@pytest.mark.fault("O10")
@pytest.mark.parametrize("count", [1, 5, 40, 300])
def test_quantities_are_numbers_and_totals_their_sums(count: int) -> None:
    made = a_list(*some_lines(count))
    _, sheet = opened(write(made, ZH))
    head, cases = column_of(sheet, "箱数")
    _, tins = column_of(sheet, "听数")
    rows = range(head + 1, head + 1 + count)

    assert [sheet.cell(r, cases).value for r in rows] == [x.cases for x in made.order.lines]
    assert [sheet.cell(r, tins).value for r in rows] == [x.tins for x in made.order.lines]
    assert sheet.cell(head + 1 + count, cases).value == sum(x.cases for x in made.order.lines)
    assert sheet.cell(head + 1 + count, tins).value == sum(x.tins for x in made.order.lines)


def test_two_readers_see_the_same_numbers() -> None:
    data = write(a_list(), ZH)
    _, sheet = opened(data)
    seen = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()

    plain = [[v for v in row if isinstance(v, int)] for row in sheet.iter_rows(values_only=True)]
    fast = [[int(v) for v in row if isinstance(v, float)] for row in seen]

    assert [row for row in plain if row] == [row for row in fast if row]


def test_boxes_for_the_pickers_pen_are_empty_and_white() -> None:
    _, sheet = opened(write(a_list(), ZH))
    head, shipped = column_of(sheet, "实发\n箱数")

    for row in range(head + 1, head + 6):
        for column in range(shipped, shipped + 3):
            cell = sheet.cell(row, column)
            assert cell.value is None
            assert cell.fill.fill_type is None
            assert cell.border.left.style == "thin"


def test_cases_are_the_largest_figures_of_a_line() -> None:
    _, sheet = opened(write(a_list(), ZH))
    head, cases = column_of(sheet, "箱数")
    sizes = {c.column: c.font.sz for c in sheet[head + 1]}

    assert sheet.cell(head + 1, cases).font.b
    assert sizes[cases] == max(sizes.values())
    assert sizes[3] >= 12


def test_it_prints_on_a4_with_the_header_on_every_page() -> None:
    book, sheet = opened(write(a_list(*some_lines(40)), ZH))
    head, _ = column_of(sheet, "箱数")

    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.freeze_panes == f"A{head + 1}"
    assert sheet.print_area.endswith(f"$J${sheet.max_row}")
    assert len(book.sheetnames) == 1


def test_every_page_bears_number_revision_and_page_count() -> None:
    footer = footer_of(write(a_list(), ZH))

    assert "FH261109-0042 R1" in footer
    assert "第 &P / &N 页" in footer


def test_a_sign_of_its_own_in_footers_is_only_a_sign_in_a_name() -> None:
    from_name = a_list(customer=replace(CUSTOMER, name="Bé & D&P母婴"))

    assert "Bé && D&&P母婴" in footer_of(write(from_name, ZH))


@pytest.mark.fault("O11")
def test_the_file_itself_names_order_mail_and_hash() -> None:
    kept = part_of(write(a_list(), ZH), "docProps/custom.xml")

    assert re.findall(r'name="(\w+)"><vt:\w+>([^<]+)<', kept) == [
        ("list_number", "FH261109-0042"),
        ("revision", "1"),
        ("order_number", "DD261109-0042"),
        ("source_mail", "42"),
        ("source_sha256", "ab" * 32),
    ]


def test_the_same_list_gives_the_same_bytes() -> None:
    assert write(a_list(), ZH) == write(a_list(), ZH)
    assert write(a_list(), ZH) != write(a_list(*some_lines(4)), ZH)


def test_no_clock_of_the_machine_stands_in_the_file() -> None:
    parts = zipfile.ZipFile(io.BytesIO(write(a_list(), ZH)))

    assert {i.date_time[0] for i in parts.infolist()} == {1980}
    assert parts.read("docProps/core.xml").count(b"2026-11-09T00:00:00Z") == 2


def test_funding_is_a_mark_and_cash_is_none() -> None:
    paid, free = a_line(0, funding=Funding.EXPENSE), a_line(1, funding=Funding.SAMPLE)

    said = everything_on(write(a_list(paid, free, a_line(2)), ZH))

    assert [t for t in said if t in ("【费用】", "【赠品】")] == ["【费用】", "【赠品】"]
    assert not [t for t in said if "现金" in t]


def test_a_long_remark_stands_whole_below_the_table() -> None:
    remark = "随货带三份彩页，放在第一箱内，并请司机提前一小时打电话"

    said = everything_on(write(a_list(a_line(0), a_line(1, remark=remark)), ZH))

    assert "见表下" in said
    assert f"第 2 行：{remark}" in said


def test_remarks_of_the_order_are_on_the_paper() -> None:
    said = everything_on(write(a_list(remarks=("周三上午送货", "请走北门")), ZH))

    assert "备注：周三上午送货" in said
    assert "备注：请走北门" in said


def test_an_english_list_speaks_english() -> None:
    said = everything_on(write(a_list(), EN))

    assert {"Dispatch list", "SKU", "Cases", "Tins", "Shipped\ncases", "Short\ntins", "Page"} - set(
        said
    ) == {"Page"}
    assert not [t for t in said if "箱数" in t or "合计" in t]


def test_both_languages_have_the_same_words() -> None:
    assert ZH.keys() == EN.keys()


EVIL = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            '=HYPERLINK("http://x.example")',
            "+1+2",
            "@SUM(A1)",
            "{=1+1}",
            "http://x.example/a",
            "mailto:a@x.example",
            "internal:Sheet1!A1",
            "00123",
            "1E5",
            "_x0041_",
            "a\x00b\x0bc",
            "\ud800",
            "\u202e反",
            "x" * 40_000,
        ]
    ),
)


@pytest.mark.fault("O04", "O05", "O06")
@settings(max_examples=150, deadline=None)
@given(name=EVIL, sku=EVIL, remark=EVIL, address=EVIL)
def test_a_text_stays_a_text_whatever_it_says(
    name: str, sku: str, remark: str, address: str
) -> None:
    line = a_line(name=name, sku=sku, remark=remark, spec=name)
    ship = ShipTo(name, sku, address, remark)

    data = write(a_list(line, ship_to=ship, remarks=(remark,), their_number=sku), ZH)

    parts = zipfile.ZipFile(io.BytesIO(data))
    xml = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml
    assert b"<f " not in xml
    assert b"hyperlink" not in xml
    _, sheet = opened(data)
    head, column = column_of(sheet, "产品编码")
    cell = sheet.cell(head + 1, column)
    assert (cell.value or "") == cleaned(sku)
    assert cell.value is None or cell.data_type == "s"
