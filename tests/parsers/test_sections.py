"""A title among or above the lines says how they are paid, or is asked about; never is it ignored."""

from __future__ import annotations

import pytest

from mailflow.domain.document import DoubtKind, RowKind
from mailflow.domain.funding import Funding, funding_title
from tests.parsers.grids import HEAD, NORTH, SMALL, A, B, C, asked, goods, one, read

UNCLEAR = DoubtKind.TABLE_UNCLEAR
NAMED = ("经销商", NORTH)


def line(number: int, name: str, cases: int) -> tuple[int, str, None, int]:
    return (number, name, None, cases)


def test_a_series_or_a_note_says_nothing_of_paying() -> None:
    found = one(NAMED, HEAD, ("金装系列",), line(1, A, 3), ("请尽快发货",), line(2, B, 4))
    assert goods(found) == [(A, "3", ""), (B, "4", "")]
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("cash", "expense"),
    [
        ("现金货", "费用货"),
        ("一、现金款", "二、费用款"),
        ("【现金部分】", "【费用部分】"),
        ("现金订货：", "费用订货："),
        ("A. 现金类", "B. 费用类"),
        ("以下为现金款", "以下为费用款"),
        ("(一) 现金货（续）", "(二) 费用货"),
        ("cash goods", "expense goods"),
        ("①现金货", "②市场费用"),
    ],
)
def test_a_title_says_how_the_lines_below_it_are_paid(cash: str, expense: str) -> None:
    found = one(NAMED, HEAD, (cash,), line(1, A, 3), line(2, B, 4), (expense,), line(3, C, 5))
    assert goods(found) == [(A, "3", cash), (B, "4", cash), (C, "5", expense)]
    assert found.doubts == ()
    assert [funding_title(text) for _, _, text in goods(found)] == [
        Funding.CASH,
        Funding.CASH,
        Funding.EXPENSE,
    ]
    written = found.lines[2].funding
    assert written is not None
    assert written.at is not None
    assert written.at.address == "A6"


def test_a_title_may_be_merged_over_the_table_or_repeated_in_every_column() -> None:
    merged = one(HEAD, ("费用货",), line(1, A, 3), merges=[(1, 0, 1, 5)])
    repeated = one(HEAD, ("费用货",) * 6, line(1, A, 3))
    numbered = one(HEAD, ("一", "费用货"), line(1, A, 3))
    for found in (merged, repeated, numbered):
        assert goods(found) == [(A, "3", "费用货")]


@pytest.mark.parametrize(
    "title", ["现金/费用", "返利货", "活动产品", "现金货（费用另计）", "搭赠部分"]
)
def test_a_title_nobody_agreed_on_is_carried_to_the_lines_so_that_it_is_asked(title: str) -> None:
    found = one(HEAD, line(1, A, 3), (title,), line(2, B, 4))
    assert goods(found) == [(A, "3", ""), (B, "4", title)]
    assert funding_title(title) is None


def test_a_remark_in_a_row_of_its_own_is_no_title() -> None:
    for text in (
        "备注：赠品随货发",
        "注：费用货请另填一张，谢谢！",
        "本单含赠品请一并发出并在三日内确认收到为准谢谢",
    ):
        found = one(HEAD, line(1, A, 3), (text,), line(2, B, 4))
        assert goods(found) == [(A, "3", ""), (B, "4", "")]


def test_a_cell_that_says_otherwise_than_its_title_agrees_with_nothing() -> None:
    head = (*HEAD, "款项性质")
    found = one(
        head, ("费用货",), (1, A, None, 3, None, None, "现金"), (2, B, None, 4, None, None, "费用")
    )
    assert goods(found) == [(A, "3", "费用货 / 现金"), (B, "4", "费用")]
    assert funding_title("费用货 / 现金") is None


def test_lines_below_the_sum_of_an_expense_part_are_asked_about() -> None:
    found = one(HEAD, ("费用货",), line(1, A, 3), (None, "小计", None, 3), line(2, B, 4))
    assert asked(found) == [(UNCLEAR, "A5")]
    found = one(HEAD, ("费用货",), line(1, A, 3), (None, "金装小计", None, 3), line(2, B, 4))
    assert goods(found)[1] == (B, "4", "费用货")
    assert found.doubts == ()


def test_the_next_page_goes_on_under_the_last_title() -> None:
    found = one(
        NAMED, HEAD, ("费用货",), line(1, A, 3), ("本页小计", None, None, 3), HEAD, line(2, B, 4)
    )
    assert goods(found) == [(A, "3", "费用货"), (B, "4", "费用货")]


def test_a_second_half_beside_a_first_one_that_ended_under_a_title_is_asked_about() -> None:
    head = ("产品名称", "箱数")
    found = one(
        (*head, None, *head),
        (A, 3, None, C, 5),
        ("费用货",),
        (B, 4),
    )
    assert (UNCLEAR, "D1") in asked(found)


def test_rows_taken_for_titles_and_totals_are_told() -> None:
    found = one(HEAD, ("赠品",), line(1, SMALL, 3), ("合计", None, None, 3), ("以上请尽快发货",))
    assert [(r.kind, r.why) for r in found.rows] == [
        (RowKind.HEADER, ""),
        (RowKind.SECTION, "赠品"),
        (RowKind.TOTAL, "合计"),
        (RowKind.NOTE, "以上请尽快发货"),
    ]


def test_a_column_without_a_word_for_it_that_says_how_lines_are_paid_is_read() -> None:
    found = one(("产品名称", "箱数"), (A, 3, "现金"), (B, 4, "费用"))
    assert goods(found) == [(A, "3", "现金"), (B, "4", "费用")]
    found = one(("产品名称", "箱数", "归属"), (A, 3, "现金"), (B, 4, "老板特批"))
    assert goods(found) == [(A, "3", "现金"), (B, "4", "老板特批")]


def test_two_titles_over_one_table_count_from_the_nearest() -> None:
    first, second = read(
        NAMED,
        ("现金订单",),
        HEAD,
        line(1, A, 3),
        (),
        ("经销商", "S001"),
        ("费用订单",),
        HEAD,
        line(1, B, 4),
    )
    assert goods(first) == [(A, "3", "现金订单")]
    assert goods(second) == [(B, "4", "费用订单")]


def test_a_row_that_counts_something_is_no_title_whatever_else_it_says() -> None:
    """A code nobody knows, a quantity as text, and how it is paid: a line."""
    order = one(("产品编码", "箱数", "款项性质"), ("CX-1", "3", "现金"), ("ZZ-9", "12", "现金"))
    assert [q.text for line in order.lines for q in line.quantities] == ["3", "12"]
