"""Every .xls is read as Excel shows it, whoever wrote it, and what cannot be known is said."""

from __future__ import annotations

import struct
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.document import DoubtKind, Order
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.workbook import read_book
from tests.parsers.raw_books import biff5, filepass
from tests.parsers.sheets import A, B, cases, documents

BOOKS = Path(__file__).parents[1] / "data/books"
ROWS = (("产品名称", "箱数"), (A, 10.0), (B, 5.0))


def grid(raw: bytes) -> Grid:
    return read_book(raw).grids[0]


def texts(found: Grid) -> list[list[str]]:
    return [[cell.text for cell in row.values()] for row in found.rows.values()]


def test_a_sheet_in_order_raises_no_doubt() -> None:
    found = grid((BOOKS / "calc.xls").read_bytes())
    troubles = {at: c.trouble for at, c in found.filled() if c.trouble}
    assert troubles == {(9, 1): "not-shown", (9, 5): "error-value"}  # `25%` and `=1/0`
    assert found.rows[9][5].text == "#DIV/0!"


@pytest.mark.fault("X13")
def test_what_is_hidden_is_known() -> None:
    order, hidden = read_book((BOOKS / "calc.xls").read_bytes()).grids
    assert order.hidden_rows == {5}
    assert order.hidden_columns == {6}
    assert (order.hidden, hidden.hidden) == (False, True)


def test_a_number_shown_as_a_date_is_a_day_and_no_quantity() -> None:
    found = grid((BOOKS / "calc.xls").read_bytes())
    assert found.rows[1][1].day == date(2026, 11, 3)
    assert found.rows[6][3].day == date(1900, 1, 3)  # three cases under the format of a date
    assert found.rows[9][1].number == Decimal("0.25")


def test_merges_are_known_as_far_as_the_sheet_is_filled() -> None:
    assert grid((BOOKS / "calc.xls").read_bytes()).merges == ((8, 0, 8, 5),)


@pytest.mark.fault("X14")
def test_dates_count_from_1904_where_the_book_says_so() -> None:
    found = grid((BOOKS / "uncalculated.xls").read_bytes())
    assert found.rows[0][1].day == date(2026, 11, 3)


@pytest.mark.parametrize("code_page", [None, 936, 1252])
def test_texts_in_gbk_are_read_whatever_the_code_page_says(code_page: int | None) -> None:
    found = grid(biff5(ROWS, code_page=code_page))
    assert texts(found) == [["产品名称", "箱数"], [A, "10"], [B, "5"]]
    assert found.name == "订单"


def test_western_texts_are_not_taken_for_chinese() -> None:
    rows = [("Größe", "città è più"), ("Café", 1.0)]
    found = grid(biff5(rows, encoding="cp1252", title="Bestellung"))
    assert texts(found)[0] == ["Größe", "città è più"]


def test_an_order_of_excel_5_is_an_order_like_any_other() -> None:
    [found] = documents(biff5(ROWS, hidden_rows=[2]), "order.xls")
    assert isinstance(found, Order)
    assert (found.format, cases(found)) == ("xls", [(A, "10"), (B, "5")])
    assert [line.hidden for line in found.lines] == [False, True]


@pytest.mark.parametrize("version", [(0x0009, b"\2\0\x10\0"), (0x0209, b"\0\3\x10\0\0\0")])
def test_sheets_older_than_excel_5_are_read(version: tuple[int, bytes]) -> None:
    kind, body = version
    old = kind == 0x0009
    text = b"qty"
    label = (
        struct.pack("<HHHHBBBB", 4, 8 + len(text), 0, 0, 0, 0, 0, len(text)) + text
        if old
        else struct.pack("<HHHHHH", 0x204, 8 + len(text), 0, 0, 0, len(text)) + text
    )
    number = (
        struct.pack("<HHHHBBBd", 3, 15, 1, 0, 0, 0, 0, 12.0)
        if old
        else struct.pack("<HHHHHd", 0x203, 14, 1, 0, 0, 12.0)
    )
    style = b"" if old else struct.pack("<HH", 0x243, 12) + bytes(12)
    raw = struct.pack("<HH", kind, len(body)) + body + style + label + number + b"\x0a\0\0\0"
    assert texts(grid(raw)) == [["qty"], ["12"]]


@pytest.mark.fault("M09")
def test_a_password_is_told_from_damage() -> None:
    head, rest = biff5(ROWS)[:12], biff5(ROWS)[12:]
    with pytest.raises(AttachmentRefused) as refused:
        read_book(head + filepass() + rest)
    assert refused.value.reason is RefusedBecause.ENCRYPTED


@pytest.mark.parametrize("kept", [100, 2_000, 5_000, 7_000])
def test_a_book_that_is_cut_off_is_refused(kept: int) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        read_book((BOOKS / "calc.xls").read_bytes()[:kept])
    assert refused.value.reason is RefusedBecause.CORRUPT


def test_a_cell_beyond_what_its_format_can_hold_is_damage() -> None:
    with pytest.raises(AttachmentRefused) as refused:
        read_book(biff5([("a",)], before_end=struct.pack("<HHHHHd", 0x203, 14, 60_000, 1, 0, 1.0)))
    assert refused.value.reason is RefusedBecause.CORRUPT


@pytest.mark.fault("X04")
@pytest.mark.parametrize("claim", [(0, 65_536, 0, 256), (0x56000000, 28, 0, 7)])
def test_memory_that_a_book_claims_to_need_is_not_believed(
    claim: tuple[int, int, int, int],
) -> None:
    raw = bytearray((BOOKS / "calc.xls").read_bytes())
    at = raw.find(struct.pack("<HH", 0x200, 14))
    assert at > 0
    while at > 0:  # every sheet claims the whole of Excel's grid, or to end before it begins
        raw[at + 4 : at + 16] = struct.pack("<IIHH", *claim)
        at = raw.find(struct.pack("<HH", 0x200, 14), at + 1)
    found = grid(bytes(raw))
    assert found.rows[3][3].number == 10


@pytest.mark.fault("X10")
def test_a_formula_that_nobody_calculated_is_never_an_empty_cell() -> None:
    found = grid((BOOKS / "uncalculated.xls").read_bytes())
    assert found.rows[5][1].trouble == "formula-without-value"
    [order] = documents((BOOKS / "uncalculated.xls").read_bytes())
    assert isinstance(order, Order)
    assert "B6" in {
        d.at.address for d in order.doubts if d.kind is DoubtKind.FORMULA_WITHOUT_VALUE and d.at
    }
