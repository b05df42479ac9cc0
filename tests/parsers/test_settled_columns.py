"""A column that a person explained is read so under the very same header, and under no other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.document import Document, DoubtKind, Order, Unknown
from mailflow.domain.mail import Head
from mailflow.domain.quantity import Unit
from mailflow.domain.settlement import ColumnMeans, SettledColumn
from mailflow.parsers.header_search import headers_of
from mailflow.parsers.reader import read_mail
from mailflow.parsers.settled_columns import header_words, settled_in
from mailflow.parsers.vocabulary import key
from tests.parsers.mime_mails import a_part, a_text, with_parts
from tests.parsers.sheets import KNOWN, A, B, saved, workbook

WANG = "rm.shandong@chenlu.example"
FROM = f"From: Wang <{WANG}>"
NAMED = 'Content-Disposition: attachment; filename="a.xlsx"'
HEAD = ("产品名称", "规格", "要多少")
ROWS = ((A, "900g*6听/箱", 10), (B, "900g*6听/箱", 5))


def a_mail(*rows: tuple[Any, ...]) -> bytes:
    return with_parts(a_text(), a_part(NAMED, data=saved(workbook(rows))), headers=(FROM,))


def read(
    settled: SettledColumn | None, *rows: tuple[Any, ...], sender: str = WANG
) -> tuple[Document, ...]:
    known = replace(KNOWN, settled_by={sender: (settled,)} if settled else {})
    return read_mail(a_mail(*rows), known).documents


def settled(
    word: str = "要多少", means: ColumnMeans = ColumnMeans.CASES, head: tuple[str, ...] = HEAD
) -> SettledColumn:
    return SettledColumn(7, key(word), means, header_words(dict(enumerate(head))))


def units(documents: tuple[Document, ...]) -> list[list[tuple[Unit | None, str]]]:
    [order] = documents
    assert isinstance(order, Order)
    return [[(q.unit, q.text) for q in line.quantities] for line in order.lines]


def test_without_a_settlement_it_is_no_order() -> None:
    [document] = read(None, HEAD, *ROWS)

    assert isinstance(document, Unknown)
    assert document.columns == ("要多少",)


def test_only_words_over_numbers_beside_products_may_count() -> None:
    [document] = read(
        None, ("会议", "", "人数"), ("开场", "", 10), ("品名", "价格", ""), (A, 12, "")
    )

    assert isinstance(document, Unknown)
    assert document.columns == ()


@pytest.mark.parametrize(
    ("means", "unit"), [(ColumnMeans.CASES, Unit.CASES), (ColumnMeans.TINS, Unit.TINS)]
)
def test_it_counts_what_was_settled_and_says_by_what(means: ColumnMeans, unit: Unit) -> None:
    documents = read(settled(means=means), HEAD, *ROWS)

    assert units(documents) == [[(unit, "10")], [(unit, "5")]]
    [order] = documents
    assert isinstance(order, Order)
    [used] = order.settled
    assert (used.number, used.found, str(used.at)) == (7, "要多少", "Sheet1!C1")


@pytest.mark.parametrize(
    "head",
    [
        ("规格", "要多少", "产品名称"),
        ("產品名稱", "規格", "要多少："),
        (" 产品 名称*", "规格", "要多少"),
    ],
)
def test_the_same_words_are_the_same_header_however_they_stand(head: tuple[str, ...]) -> None:
    rows = [tuple(row[HEAD.index(_plain(word))] for word in head) for row in ROWS]

    assert units(read(settled(), head, *rows))[0] == [(Unit.CASES, "10")]


def _plain(word: str) -> str:
    return next(known for known in HEAD if key(known) == key(word))


@pytest.mark.parametrize(
    "head",
    [
        ("产品名称", "规格", "要多少", "备注"),
        ("产品名称", "要多少"),
        ("产品名称", "装箱规格", "要多少"),
        ("产品名称", "要多少", "要多少"),
    ],
)
def test_under_another_header_nothing_was_settled(head: tuple[str, ...]) -> None:
    rows = [(*row[: len(head)], *("x",) * (len(head) - 3)) for row in ROWS]

    assert not any(isinstance(d, Order) and d.settled for d in read(settled(), head, *rows))


def test_another_senders_sheets_are_read_as_ever() -> None:
    [document] = read(settled(), HEAD, *ROWS, sender="other@chenlu.example")

    assert isinstance(document, Unknown)


def test_what_is_left_alone_orders_nothing_and_is_not_doubted() -> None:
    head = ("产品名称", "箱数", "本周")
    rows = ((A, 10, 4), (B, 5, 1))
    [asked] = read(None, head, *rows)
    assert isinstance(asked, Order)
    assert [(d.kind, d.headers) for d in asked.doubts] == [(DoubtKind.AMBIGUOUS_COLUMN, ("本周",))]

    documents = read(settled("本周", ColumnMeans.IGNORED, head), head, *rows)

    assert units(documents) == [[(Unit.CASES, "10")], [(Unit.CASES, "5")]]
    [order] = documents
    assert isinstance(order, Order)
    assert order.doubts == ()


def test_two_columns_that_then_count_the_same_are_doubted() -> None:
    head = ("产品名称", "箱数", "本周")
    [order] = read(settled("本周", ColumnMeans.CASES, head), head, (A, 10, 4), (B, 5, 1))

    assert isinstance(order, Order)
    assert DoubtKind.AMBIGUOUS_COLUMN in {d.kind for d in order.doubts}


def test_a_row_that_says_another_unit_is_not_overridden() -> None:
    head = ("产品名称", "单位", "数量")
    one = settled("数量", ColumnMeans.CASES, head)
    [order] = read(one, head, (A, "听", 12), (B, "箱", 5))

    assert isinstance(order, Order)
    assert [line.quantities[0].number for line in order.lines] == [None, 5]


def test_a_word_said_of_the_whole_table_is_not_overridden() -> None:
    head = ("产品名称", "规格", "数量")
    one = settled("数量", ColumnMeans.CASES, head)
    [order] = read(one, ("单位：听", "", ""), head, *ROWS)

    assert isinstance(order, Order)
    assert [line.quantities[0].number for line in order.lines] == [None, None]


def test_a_header_is_found_as_it_will_be_read() -> None:
    [found] = headers_of(a_mail(("订单", "", ""), HEAD, *ROWS), "要多少", KNOWN)

    assert (found.words, found.columns) == (HEAD, 1)
    assert found.around == header_words(dict(enumerate(HEAD)))
    assert headers_of(a_mail(HEAD, *ROWS), "没有", KNOWN) == []


WORDS = st.lists(st.sampled_from("甲乙丙丁戊己"), min_size=1, max_size=6)


@given(WORDS, WORDS)
def test_a_settlement_holds_under_the_same_words_alone(taught: list[str], met: list[str]) -> None:
    one = SettledColumn(1, taught[0], ColumnMeans.CASES, header_words(dict(enumerate(taught))))
    found = settled_in((one,), dict(enumerate(met)))

    is_same = sorted(taught) == sorted(met) and met.count(taught[0]) == 1
    assert bool(found) == is_same
    assert all(met[column] == taught[0] for column in found)


def test_a_mail_without_a_sender_is_read_without_settlements() -> None:
    assert KNOWN.of_sender(Head(sender=None).sender) is KNOWN
