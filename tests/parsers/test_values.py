"""The grammar of values is strict: what it reads is what a person would read, the rest is None."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.quantity import Unit
from mailflow.parsers.values import date_of, hanzi_number, money_of, quantity_of, serial_date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "约480",
        "待定",
        "1.2万",
        "1e3",
        "10-12",
        "12?",
        "12,00",
        "1,2",
        "一百二",
        "箱",
        "12个",
        "=1+1",
        "12 13",
    ],
)
def test_what_lies_outside_the_grammar_is_not_a_quantity(text: str) -> None:
    assert quantity_of(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", (Decimal(12), None, 0)),
        ("12.0", (Decimal(12), None, 0)),
        ("1,200", (Decimal(1200), None, 0)),
        ("１２", (Decimal(12), None, 0)),
        ("12箱", (Decimal(12), Unit.CASES, 0)),
        (" 12 箱 ", (Decimal(12), Unit.CASES, 0)),
        ("12听", (Decimal(12), Unit.TINS, 0)),
        ("3箱6听", (Decimal(3), Unit.CASES, 6)),
        ("十二箱", (Decimal(12), Unit.CASES, 0)),
        ("12 cases", (Decimal(12), Unit.CASES, 0)),
        ("-5", (Decimal(-5), None, 0)),
        ("0", (Decimal(0), None, 0)),
    ],
)
def test_the_quantity_texts_of_the_desk_are_read(
    text: str, expected: tuple[Decimal, Unit | None, int]
) -> None:
    assert quantity_of(text) == expected


@given(st.integers(min_value=0, max_value=10**9))
def test_a_number_is_read_back_however_it_is_grouped(number: int) -> None:
    for text in (str(number), f"{number:,}", f"{number}.0", f"{number}箱"):
        read = quantity_of(text)
        assert read is not None
        assert read[0] == number


@given(st.text(max_size=12))
def test_no_text_makes_the_grammar_raise(text: str) -> None:
    quantity_of(text)
    money_of(text)
    date_of(text)


DIGITS = "零一二三四五六七八九"


@given(st.integers(min_value=1, max_value=99))
def test_chinese_numbers_up_to_a_hundred_are_read(number: int) -> None:
    tens, ones = divmod(number, 10)
    text = (
        ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    )
    assert hanzi_number(text) == number


@pytest.mark.parametrize(
    "text", ["¥168.00", "168", "168.00元", "1,200.00元", "￥ 168", "人民币168元"]
)
def test_money_is_read_in_its_usual_shapes(text: str) -> None:
    assert money_of(text) in (Decimal(168), Decimal(1200))


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_is_read_in_all_usual_shapes(day: date) -> None:
    shapes = (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.isoformat()} 12:30:00",
    )
    assert {date_of(shape) for shape in shapes} == {day}


@pytest.mark.parametrize("text", ["03/04/2026", "11月9日", "2026-13-01", "2026-02-30", "昨天"])
def test_a_date_that_can_be_read_in_two_ways_or_none_is_not_guessed(text: str) -> None:
    assert date_of(text) is None


def test_serial_dates_are_read_in_both_systems() -> None:
    assert serial_date(Decimal(46335), since_1904=False) == date(2026, 11, 9)
    assert serial_date(Decimal(44873), since_1904=True) == date(2026, 11, 9)
    assert serial_date(Decimal(12), since_1904=False) is None
