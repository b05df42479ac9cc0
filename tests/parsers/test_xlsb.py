"""Every .xlsb is read as Excel shows it; what is hidden in it is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.document import Order
from mailflow.parsers.calamine_book import CalamineBook
from mailflow.parsers.grid import AttachmentRefused
from mailflow.parsers.workbook import read_book
from mailflow.parsers.xlsb_records import records
from tests.parsers.raw_books import xlsb
from tests.parsers.sheets import A, B, cases, documents

ROWS = (("产品名称", "箱数"), (A, 10.0), (B, 5.0))


def test_two_readers_see_the_same_cells() -> None:
    raw = xlsb(ROWS)
    [grid] = read_book(raw).grids
    assert CalamineBook(raw).said("订单") is not None
    assert [[c.text for c in row.values()] for row in grid.rows.values()] == [
        ["产品名称", "箱数"],
        [A, "10"],
        [B, "5"],
    ]
    assert {c.trouble for _, c in grid.filled()} == {""}


def test_what_is_hidden_is_known() -> None:
    raw = xlsb(ROWS, hidden_rows=[2], hidden_columns=[1], state=1)
    [grid] = read_book(raw).grids
    assert (grid.hidden, grid.hidden_rows, grid.hidden_columns) == (True, {2}, {1})
    assert not read_book(xlsb(ROWS)).grids[0].hidden


def test_an_order_in_it_is_an_order_like_any_other() -> None:
    [found] = documents(xlsb(ROWS, hidden_rows=[2]), "order.xls")
    assert isinstance(found, Order)
    assert (found.format, cases(found)) == ("xlsb", [(A, "10"), (B, "5")])
    assert [line.hidden for line in found.lines] == [False, True]


@pytest.mark.parametrize(
    ("since_1904", "day"), [(False, date(2026, 11, 3)), (True, date(2030, 11, 4))]
)
def test_a_number_shown_as_a_date_is_a_day(since_1904: bool, day: date) -> None:
    raw = xlsb([(46329.0, 46329.0)], dates=[(0, 0)], since_1904=since_1904)
    [grid] = read_book(raw).grids
    assert (grid.rows[0][0].day, grid.rows[0][0].trouble) == (day, "")
    assert (grid.rows[0][1].day, grid.rows[0][1].number) == (None, Decimal(46329))


def test_merges_are_known() -> None:
    [grid] = read_book(xlsb(ROWS, merges=[(0, 0, 0, 1), (1, 0, 1_000_000, 0)])).grids
    assert grid.merges == ((0, 0, 0, 1), (1, 0, 2, 0))


def test_where_the_readers_disagree_the_cell_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        CalamineBook, "said", lambda *_: [["产品名称", "箱数"], [A, 11.0], [B, 5.0]]
    )
    [grid] = read_book(xlsb(ROWS)).grids
    assert [c.trouble for _, c in grid.filled()] == ["", "", "", "readers-disagree", "", ""]


def test_a_cell_that_only_one_reader_sees_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        CalamineBook, "said", lambda *_: [["产品名称", "箱数", "备注"], [A, 10.0], [B]]
    )
    [grid] = read_book(xlsb(ROWS)).grids
    assert grid.rows[0][2].trouble == "readers-disagree"
    assert grid.rows[2][1].trouble == "readers-disagree"
    assert grid.rows[1][1].trouble == ""


def test_what_one_reader_cannot_open_is_read_by_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CalamineBook, "said", lambda *_: None)
    [grid] = read_book(xlsb(ROWS)).grids
    assert grid.rows[1][1].number == 10


def test_a_sheet_wider_than_an_order_is_refused() -> None:
    with pytest.raises(AttachmentRefused) as refused:
        read_book(xlsb([tuple(float(n) for n in range(300))]))
    assert refused.value.reason is RefusedBecause.TOO_LARGE


def test_a_record_longer_than_its_part_is_damage() -> None:
    with pytest.raises(AttachmentRefused) as refused:
        list(records(b"\x06\x7fabc"))
    assert refused.value.reason is RefusedBecause.CORRUPT
