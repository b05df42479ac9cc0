"""The grammar of values is strict: what it reads is what a person would read, the rest is None."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.quantity import Unit
from mailflow.parsers.values import (
    capital_money_of,
    date_of,
    date_readings,
    hanzi_number,
    may_be_quantity,
    money_of,
    number_of,
    price_of,
    quantity_of,
    serial_date,
)


@pytest.mark.fault("X12")
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
        "十贰",
        "壹佰贰",
        "12%",
        "1 200",
        "12.345,67",
        "(12)",
        "+12",
    ],
)
def test_what_lies_outside_the_grammar_is_not_a_quantity(text: str) -> None:
    assert quantity_of(text) is None


@pytest.mark.fault("X12")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", (Decimal(12), None, 0)),
        ("12.0", (Decimal(12), None, 0)),
        ("1,200", (Decimal(1200), None, 0)),
        ("1.000", None),
        ("12.500", None),
        ("0.500", (Decimal("0.500"), None, 0)),
        ("１２", (Decimal(12), None, 0)),
        ("12箱", (Decimal(12), Unit.CASES, 0)),
        (" 12 箱 ", (Decimal(12), Unit.CASES, 0)),
        ("12听", (Decimal(12), Unit.TINS, 0)),
        ("3箱6听", (Decimal(3), Unit.CASES, 6)),
        ("十二箱", (Decimal(12), Unit.CASES, 0)),
        ("12 cases", (Decimal(12), Unit.CASES, 0)),
        ("-5", (Decimal(-5), None, 0)),
        ("拾贰", (Decimal(12), None, 0)),
        ("壹佰贰拾箱", (Decimal(120), Unit.CASES, 0)),
        ("两箱", (Decimal(2), Unit.CASES, 0)),
        ("２０ 罐", (Decimal(20), Unit.TINS, 0)),
        ("0", (Decimal(0), None, 0)),
    ],
)
def test_the_quantity_texts_of_the_desk_are_read(
    text: str, expected: tuple[Decimal, Unit | None, int]
) -> None:
    assert quantity_of(text) == expected


@pytest.mark.fault("X12")
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
    price_of(text)
    capital_money_of(text)
    date_of(text)
    date_readings(text)


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


@pytest.mark.fault("X14")
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


@pytest.mark.fault("X14")
@pytest.mark.parametrize("text", ["03/04/2026", "11月9日", "2026-13-01", "2026-02-30", "昨天"])
def test_a_date_that_can_be_read_in_two_ways_or_none_is_not_guessed(text: str) -> None:
    assert date_of(text) is None


@pytest.mark.fault("X14")
def test_serial_dates_are_read_in_both_systems() -> None:
    assert serial_date(Decimal(46335), since_1904=False) == date(2026, 11, 9)
    assert serial_date(Decimal(44873), since_1904=True) == date(2026, 11, 9)
    assert serial_date(Decimal(12), since_1904=False) is None


@given(st.integers(min_value=1, max_value=9999))
def test_capital_signs_say_the_same_as_plain_ones(number: int) -> None:
    plain = spoken(number)
    assert hanzi_number(plain) == number
    read = quantity_of(plain.translate(CAPITALS))
    assert read is not None
    assert read[0] == number


@given(st.integers(min_value=0, max_value=9999), st.integers(min_value=1, max_value=9999))
def test_money_in_the_signs_of_cheques_is_read(wan: int, yuan: int) -> None:
    said = f"{spoken(wan)}万" if wan else ""
    zero = "零" if wan and yuan < 1000 else ""
    text = f"{said}{zero}{spoken(yuan)}元整".translate(CAPITALS)
    assert capital_money_of(f"人民币（大写）：{text}") == wan * 10_000 + yuan


@pytest.mark.parametrize("text", ["12元", "一百元", "壹万", "合计", "壹拾元贰拾元", "十万元整"])
def test_what_is_not_in_the_signs_of_cheques_is_no_money(text: str) -> None:
    assert capital_money_of(text) is None


def spoken(number: int) -> str:
    """As spoken: 一十二, 一百零五, 二千零三十."""
    said, zero = "", False
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            said += ("零" if zero else "") + DIGITS[digit] + word
        zero = bool(said) and not digit
    return said or "零"


CAPITALS = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("168", (Decimal(168), None)),
        ("¥168.00", (Decimal(168), None)),
        ("168元/听", (Decimal(168), Unit.TINS)),
        ("1,008.00元/箱", (Decimal(1008), Unit.CASES)),
        ("￥28/罐", (Decimal(28), Unit.TINS)),
    ],
)
def test_a_price_may_say_what_it_is_of(text: str, expected: tuple[Decimal, Unit | None]) -> None:
    assert price_of(text) == expected


@pytest.mark.parametrize("text", ["面议", "168/kg", "95%", "168-170", "约168"])
def test_what_is_no_price_is_none(text: str) -> None:
    assert price_of(text) is None


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("11月9日", ((None, 11, 9),)),
        ("十一月九号", ((None, 11, 9),)),
        ("11/9", ((None, 11, 9), (None, 9, 11))),
        ("11.30", ((None, 11, 30),)),
        ("26年11月9日", ((2026, 11, 9),)),
        ("03/04/2026", ((2026, 3, 4), (2026, 4, 3))),
        ("2026-11-09", ()),
        ("昨天", ()),
        ("13/32", ()),
    ],
)
def test_a_date_in_doubt_has_all_its_readings(
    text: str, readings: tuple[tuple[int | None, int, int], ...]
) -> None:
    assert date_readings(text) == readings


def test_what_was_meant_as_a_quantity_is_told_from_names() -> None:
    assert all(map(may_be_quantity, ("约480", "待定", "10-12箱", "同上", "半箱", "TBD", "3+2")))
    assert not any(map(may_be_quantity, ("销售部", "岚山路8号创新大厦", "审核人", "张三", "")))


@pytest.mark.fault("X12")
@pytest.mark.parametrize("text", ["②", "1²", "½", "१०", "١٠", "Ⅻ", "1\u20e3"])
def test_signs_that_are_digits_elsewhere_are_no_quantity(text: str) -> None:
    assert quantity_of(text) is None
    assert number_of(text) is None
    assert money_of(text) is None
