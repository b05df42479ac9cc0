"""The ways in which people write numbers, money and dates; each says just one thing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from accuracy.book import Value
from accuracy.form import Number
from accuracy.names import WIDE

QUANTITIES = (
    "number", "number", "number", "text", "point", "thousands", "wide", "unit", "unit_spaced", "chinese",
)  # fmt: skip
PRICES = ("number", "number", "number", "yen", "yen_wide", "yuan", "text", "two_decimals")
AMOUNTS = (
    "number",
    "number",
    "formula",
    "thousands",
    "yen",
    "yen_thousands",
    "yuan",
    "yuan_thousands",
)
DAYS = (
    "iso", "slash", "dot", "chinese", "compact", "cell", "cell", "serial", "chinese_short", "hao", "with_time", "slash_padded",
)  # fmt: skip
ENGLISH_DAYS = ("iso", "named", "american_named", "cell", "named_short")
UNITS = {"cases": ("箱", "箱", "件"), "tins": ("听", "听", "罐")}
ENGLISH_UNITS = {"cases": ("cases", "ctns"), "tins": ("tins", "cans")}
EPOCH = date(1899, 12, 30)
DIGITS = "零一二三四五六七八九"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def quantity(number: Number, form: str, unit: str) -> Value:
    """`unit` is the word written behind it, where the form has one."""
    if form == "number" or number != int(number):
        return number
    whole = int(number)
    if form == "chinese":
        return f"{chinese_number(whole) if 0 <= whole < 10_000 else whole}{unit}"
    return {
        "text": str(whole),
        "point": f"{whole}.0",
        "thousands": f"{whole:,}",
        "wide": str(whole).translate(WIDE),
        "unit": f"{whole}{unit}",
        "unit_spaced": f"{whole} {unit}",
    }[form]


def chinese_number(number: int) -> str:
    """Below 10,000, as spoken: 十二, 一百零五, 三百."""
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return "十" + (DIGITS[number % 10] if number % 10 else "")
    said, rest, zero = "", number, False
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, size)
        if digit:
            said += ("零" if zero else "") + DIGITS[digit] + word
        zero = bool(said) and not digit
    return said


def price(number: Number, form: str) -> Value:
    return number if form == "number" else _money(number, form)


def amount(number: Number, form: str) -> Value:
    return number if form in ("number", "formula") else _money(number, form)


def _money(number: Number, form: str) -> str:
    return {
        "yen": f"¥{number:.2f}",
        "yen_wide": f"￥{number:.2f}",
        "yuan": f"{number:.2f}元",
        "text": f"{number}",
        "two_decimals": f"{number:.2f}",
        "thousands": f"{number:,.2f}",
        "yen_thousands": f"¥{number:,.2f}",
        "yuan_thousands": f"{number:,.2f}元",
    }[form]


def day(value: date, form: str) -> Value:
    month = MONTHS[value.month - 1]
    forms: dict[str, Value] = {
        "iso": value.isoformat(),
        "slash": f"{value.year}/{value.month}/{value.day}",
        "slash_padded": f"{value:%Y/%m/%d}",
        "dot": f"{value.year}.{value.month}.{value.day}",
        "chinese": f"{value.year}年{value.month}月{value.day}日",
        "hao": f"{value.year}年{value.month}月{value.day}号",
        "chinese_short": f"{value.month}月{value.day}日",
        "compact": f"{value:%Y%m%d}",
        "with_time": f"{value.isoformat()} 09:30:00",
        "named": f"{value.day} {month} {value.year}",
        "named_short": f"{value.day:02d}-{month}-{value.year}",
        "american_named": f"{month} {value.day}, {value.year}",
        "cell": value,
        "serial": (value - EPOCH).days,
    }
    return forms[form]


def shown(value: str | int | Decimal | date | None) -> str:
    """As a program shows a cell's value that has no format of its own."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def capitals(number: Decimal) -> str:
    """Money in the capital signs of cheques, to the yuan."""
    signs, units = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
    text = str(int(number))
    groups = [text[max(0, end - 4) : end] for end in range(len(text), 0, -4)]
    said = ""
    for size, group in reversed(list(enumerate(groups))):
        part, zero = "", False
        for at, sign in enumerate(group):
            unit = units[len(group) - 1 - at]
            if sign == "0":
                zero = bool(part or said)
                continue
            part += ("零" if zero else "") + signs[int(sign)] + unit
            zero = False
        said += part + ("", "万", "亿")[size] if part else ""
    return said + "元整"
