"""What a cell looks like may change what it says: struck out, white on white, with a unit of its
format, with a comment."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from mailflow.domain.document import DoubtKind, Order
from mailflow.domain.quantity import Unit
from mailflow.parsers.number_formats import signs_of
from mailflow.parsers.reader import read_file
from tests.parsers.grids import KNOWN, NORTH, A, B, asked, goods, units
from tests.parsers.sheets import saved

SHOWN = DoubtKind.SHOWN_OTHERWISE


def sheet(header: str = "箱数") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    page = book.worksheets[0]
    for row in (("经销商", NORTH), ("产品名称", header), (A, 10), (B, 5)):
        page.append(row)
    return book, page


def read(book: Workbook) -> Order:
    [order] = read_file("a.xlsx", saved(book), KNOWN).documents
    assert isinstance(order, Order)
    return order


def test_a_row_that_is_struck_out_is_asked_about_once() -> None:
    book, page = sheet()
    assert asked(read(book)) == []
    for cell in page[3]:
        cell.font = Font(strike=True)
    assert asked(read(book)) == [(SHOWN, "B3")]
    assert [q.number for line in read(book).lines for q in line.quantities] == [10, 5]


def test_white_signs_on_white_paper_are_asked_about_and_on_black_they_are_not() -> None:
    book, page = sheet()
    page["B3"].font = Font(color="FFFFFFFF")
    assert asked(read(book)) == [(SHOWN, "B3")]
    page["B3"].fill = PatternFill("solid", fgColor="FF000000")
    assert asked(read(book)) == []


def test_a_format_may_show_the_unit_and_may_deny_that_of_the_header() -> None:
    book, page = sheet("数量")
    for row in (3, 4):
        page.cell(row, 2).number_format = '#,##0"箱"'
    order = read(book)
    assert (goods(order), units(order), asked(order)) == (
        [(A, "10箱", ""), (B, "5箱", "")], {Unit.CASES}, [],
    )  # fmt: skip
    page["B2"] = "听数"
    assert [q.number for line in read(book).lines for q in line.quantities] == [None, None]


@pytest.mark.parametrize("code", ["0,", "0%", '0"0"', '"5箱"', ";;;", '0.0"万"', "0.0,"])
def test_a_format_that_shows_another_number_is_asked_about(code: str) -> None:
    book, page = sheet()
    page["B3"].number_format = code
    assert asked(read(book)) == [(SHOWN, "B3")]


@pytest.mark.parametrize(
    "code",
    [
        "General", "0", "0.00", "#,##0", "#,##0.00_ ", "0_);(0)", "¥#,##0.00", '[$¥-804]#,##0', "@",
        "[Red]0;[Blue]-0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', '0"元"', "00000", "# ?/?", "0.00E+00",
    ],
)  # fmt: skip
def test_usual_formats_add_nothing(code: str) -> None:
    assert signs_of(code) == signs_of("0")


def test_words_around_a_number_are_what_a_person_reads() -> None:
    assert (signs_of('"约"0').before, signs_of('0" 听"').behind) == ("约", " 听".strip())
    book, page = sheet()
    page["B3"].number_format = '"约"0'
    assert [q.text for q in read(book).lines[0].quantities] == ["约10"]
    assert read(book).lines[0].quantities[0].number is None


def test_comments_on_lines_are_remarks_and_ours_are_none() -> None:
    book, page = sheet()
    page["B3"].comment = Comment("改为5箱", "某人")
    page["B4"].comment = Comment("散听：建议改为6听", "mailflow")
    assert [(r.text, str(r.at)) for r in read(book).remarks] == [("改为5箱", "Sheet!B3")]


def test_a_comment_on_a_header_tells_its_unit() -> None:
    book, page = sheet()
    page["B2"].comment = Comment("按箱填写", "某人")
    assert asked(read(book)) == []
    page["B2"].comment = Comment("按听填写", "某人")
    assert asked(read(book)) == [(DoubtKind.AMBIGUOUS_COLUMN, "B2")]


def test_what_styles_say_is_remembered_of_these_very_styles_alone() -> None:
    plain, _ = sheet()
    struck, page = sheet()
    page["B3"].font = Font(strike=True)
    found = [asked(read(book)) for book in (plain, struck, plain, struck)]
    assert found == [[], [(SHOWN, "B3")], [], [(SHOWN, "B3")]]
