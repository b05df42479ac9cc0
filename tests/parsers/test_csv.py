"""Text tables are read in any encoding, and no separator inside a cell shifts a row unseen."""

from __future__ import annotations

import pytest

from mailflow.domain.document import Order
from mailflow.parsers.workbook import read_book
from tests.parsers.sheets import documents
from tests.parsers.shown import shown, table


@pytest.mark.fault("X15")
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_encoding_and_separator_are_seen(encoding: str, separator: str) -> None:
    text = "产品,箱数\r\n晨星,10\r\n".replace(",", separator)
    assert table(text, encoding) == [{0: "产品", 1: "箱数"}, {0: "晨星", 1: "10"}]


def test_a_hint_of_the_separator_is_followed_and_is_no_row() -> None:
    assert table("sep=;\nA;B,C\n1;2,5\n") == [{0: "A", 1: "B,C"}, {0: "1", 1: "2,5"}]


def test_lines_may_end_as_on_an_old_mac() -> None:
    assert table("A,B\r1,2\r") == [{0: "A", 1: "B"}, {0: "1", 1: "2"}]


@pytest.mark.fault("X15")
def test_a_cell_in_quotes_may_hold_lines_and_separators() -> None:
    assert table('A,B\n"x\ny","1,200"\n') == [{0: "A", 1: "B"}, {0: "x\ny", 1: "1,200"}]


@pytest.mark.fault("X15")
def test_a_quote_without_its_end_swallows_no_line() -> None:
    rows = table('产品,箱数\n"晨星,10\n星,5\n')
    assert [set(row) for row in rows] == [{0, 1}] * 3
    assert rows[1][1].endswith("?")
    assert rows[2] == {0: "星", 1: "5"}


@pytest.mark.fault("X15")
def test_a_separator_inside_a_number_is_doubted() -> None:
    assert table("产品,箱数\n晨星,1,200\n星,5\n") == [
        {0: "产品", 1: "箱数"},
        {0: "晨星?", 1: "1?", 2: "200?"},
        {0: "星", 1: "5"},
    ]


def test_rows_filled_up_with_separators_are_not_doubted() -> None:
    rows = table("经销商,某某,,\n产品,箱数,单价,\n晨星,10,168.00,\n星,5,90,急\n")
    assert not any("?" in text for row in rows for text in row.values())


def test_one_damaged_sign_costs_its_cell_and_no_more() -> None:
    raw = b"a,b\n\xff\xff,1\n" + ("晨星配方奶粉,10\n" * 60).encode()
    rows = shown(read_book(raw).grids[0])
    assert (rows[1][0].endswith("?"), rows[1][1], rows[2]) == (
        True,
        "1",
        {0: "晨星配方奶粉", 1: "10"},
    )


def test_a_text_of_words_is_no_order() -> None:
    assert not any(isinstance(d, Order) for d in documents("王经理，您好。".encode(), "a.xls"))
