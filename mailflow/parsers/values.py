"""Which texts mean which number, quantity and date: a strict grammar after NFKC.

What lies outside it is None, never a guess (rulings of the desk, 13).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal

from mailflow.domain.quantity import Unit

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}

CASE_WORDS = ("箱", "件", "cases", "case", "ctns", "ctn", "cartons", "carton", "cs")
TIN_WORDS = ("听", "罐", "桶", "tins", "tin", "cans", "can")

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CASES = "|".join(CASE_WORDS)
_TINS = "|".join(TIN_WORDS)
_QUANTITY = re.compile(rf"(?P<number>{_NUMBER})\s*(?:(?P<cases>{_CASES})|(?P<tins>{_TINS}))?")
_MIXED = re.compile(
    rf"(?P<cases>\d+)\s*(?:{_CASES})\s*(?:零|加|\+|and)?\s*(?P<tins>\d+)\s*(?:{_TINS})"
)
_HANZI = re.compile(
    rf"(?P<number>[零〇一二两三四五六七八九十百千]+)\s*(?:(?P<cases>{_CASES})|(?P<tins>{_TINS}))?"
)
_MONEY = re.compile(
    rf"(?:[¥￥]|rmb|cny|人民币)?\s*(?P<number>{_NUMBER})\s*(?:元整?|圆整?|rmb|cny)?"
)
_DATE_FORMS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})\.(?P<m>\d{1,2})\.(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?"),
    re.compile(r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})"),
)
_TIME_BEHIND = re.compile(r"[ t]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_MONTH_NAMES = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_MONTHS = {m: n for n, m in enumerate(_MONTH_NAMES, 1)}
_NAMED_MONTH = (
    re.compile(r"(?P<d>\d{1,2})[ -](?P<name>[a-z]{3})[a-z]*\.?[ ,-]+(?P<y>\d{4})"),
    re.compile(r"(?P<name>[a-z]{3})[a-z]*\.? (?P<d>\d{1,2}),? (?P<y>\d{4})"),
)


def folded(text: str) -> str:
    """NFKC and lower case, outer white space gone; full-width digits become plain ones."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def number_of(text: str) -> Decimal | None:
    """`12`, `12.0`, `1,200`, `-3`; nothing with words in it."""
    return _decimal(folded(text)) if re.fullmatch(_NUMBER, folded(text)) else None


def quantity_of(text: str) -> tuple[Decimal, Unit | None, int] | None:
    """Number, the unit the text itself names, and loose tins beside cases (`3箱6听`)."""
    text = folded(text)
    if match := _MIXED.fullmatch(text):
        return Decimal(match["cases"]), Unit.CASES, int(match["tins"])
    if match := _QUANTITY.fullmatch(text):
        return _decimal(match["number"]), _unit(match), 0
    if match := _HANZI.fullmatch(text):
        count = hanzi_number(match["number"])
        return None if count is None else (Decimal(count), _unit(match), 0)
    return None


def _unit(match: re.Match[str]) -> Unit | None:
    if match["cases"]:
        return Unit.CASES
    return Unit.TINS if match["tins"] else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def hanzi_number(text: str) -> int | None:
    """`十二` is 12, `一百零五` is 105, `三百二十` is 320; None for anything irregular."""
    total, digit, last, gap = 0, None, 10_000, False
    for sign in text:
        if sign in _TENS:
            size = _TENS[sign]
            if size >= last or (digit == 0) or (digit is None and (size != 10 or total)):
                return None
            total, digit, last, gap = total + (digit or 1) * size, None, size, False
        elif sign in "零〇":
            if gap or digit is not None or last == 10_000:
                return None
            gap = True
        elif digit is None and sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            return None
    if digit is not None:
        if last not in (10, 10_000) and not gap:
            return None  # `一百二` is 120 to some and 102 to others
        total += digit
    return total if total or text in "零〇" else None


def money_of(text: str) -> Decimal | None:
    """`168`, `¥168.00`, `1,200.00元`."""
    match = _MONEY.fullmatch(folded(text))
    return _decimal(match["number"]) if match else None


def date_of(text: str) -> date | None:
    """A whole date; one without a year, or with day and month in doubt, is None."""
    text = _TIME_BEHIND.sub("", re.sub(r"\s*([年月日/.-])\s*", r"\1", folded(text))).strip()
    text = re.sub(r"\s*[(]?(?:星期|周)[一二三四五六日天][)]?$", "", text)
    for form in _DATE_FORMS:
        if match := form.fullmatch(text):
            return _day(int(match["y"]), int(match["m"]), int(match["d"]))
    for form in _NAMED_MONTH:
        if (match := form.fullmatch(text)) and match["name"] in _MONTHS:
            return _day(int(match["y"]), _MONTHS[match["name"]], int(match["d"]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def serial_date(number: Decimal, *, since_1904: bool) -> date | None:
    """Excel's serial date; only for numbers that fall between 2000 and 2100."""
    if number != int(number):
        number = Decimal(int(number))
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    if not 0 < number < 80_000:
        return None
    day = (first + timedelta(days=int(number))).date()
    return day if 2000 <= day.year < 2100 else None
