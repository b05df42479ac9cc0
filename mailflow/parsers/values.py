"""Which texts mean which number, quantity and date: a strict grammar after NFKC.

What lies outside it is None, never a guess (rulings of the desk, 13).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal

from mailflow.domain.quantity import Unit
from mailflow.domain.spelling import remembered

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸圆", "一二三四五六七八九十百千二三六元")
_CAPITAL = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟貳參陸]")

CASE_WORDS = ("箱", "件", "cases", "case", "ctns", "ctn", "cartons", "carton", "cs")
TIN_WORDS = ("听", "罐", "桶", "tins", "tin", "cans", "can")

_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_CASES = "|".join(CASE_WORDS)
_TINS = "|".join(TIN_WORDS)
_UNIT_BEHIND = rf"(?:(?P<cases>{_CASES})|(?P<tins>{_TINS}))"
_PLAIN = re.compile(_NUMBER)
_PERHAPS_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
"""`1.000` is one here and a thousand where the point parts thousands."""
_QUANTITY = re.compile(rf"(?P<number>{_NUMBER})\s*{_UNIT_BEHIND}?")
_MIXED = re.compile(
    rf"(?P<cases>[0-9]+)\s*(?:{_CASES})\s*(?:零|加|\+|and)?\s*(?P<tins>[0-9]+)\s*(?:{_TINS})"
)
_HANZI = re.compile(rf"(?P<number>[零〇一二两三四五六七八九十百千]+)\s*{_UNIT_BEHIND}?")
_MEANT = re.compile(
    r"\d|[一二两三四五六七八九十百半]\s*(?:箱|件|听|罐|桶)|待定|待议|同上|若干|一些|少许|适量|照旧|另定|不限|多少|缺|无货|tbd|tbc|ditto|same"
)
LONGEST_MEANT = 5
LONGEST_FIGURE = 40
"""Signs of a quantity or an amount with its unit, spaces and all: longer ones cannot be calculated."""
_CURRENCY = r"(?:[¥￥]|rmb|cny|人民币)?\s*"
_YUAN = r"(?:元整?|圆整?|rmb|cny)?"
_MONEY = re.compile(rf"{_CURRENCY}(?P<number>{_NUMBER})\s*{_YUAN}")
_PRICE = re.compile(
    rf"{_CURRENCY}(?P<number>{_NUMBER})\s*{_YUAN}(?:\s*(?:/|每|per)\s*{_UNIT_BEHIND})?"
)
_CAPITAL_MONEY = re.compile(
    r"(?:人民币)?(?:(?P<wan>[零一二三四五六七八九十百千]+)万)?(?P<yuan>[零一二三四五六七八九十百千]*)元"
    r"(?:零?(?P<jiao>[一二三四五六七八九])角)?(?:零?(?P<fen>[一二三四五六七八九])分)?(?:零角零分)?[整正]?"
)
_DATE_FORMS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})\.(?P<m>\d{1,2})\.(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?"),
    re.compile(r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})"),
)
_MONTH_AND_DAY = re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?")
_SHORT = re.compile(r"(\d{1,2})[/.-](\d{1,2})")
_THREE = re.compile(r"(\d{1,2})([年/.-])(\d{1,2})[月/.-](\d{1,2}|\d{4})[日号]?")
_HANZI_DATE = re.compile(
    r"(?:(?P<y>[〇零一二三四五六七八九]{4})年)?(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})[日号]?"
)
_TIME_BEHIND = re.compile(r"(?:[ t]|(?<=[日号]))\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
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
    """NFKC and lower case, outer white space gone; full-width digits become plain ones. `②` and
    `1²` stay what they are: no numbers."""
    return text.strip().casefold() if text.isascii() else _folded(text)


@remembered
def _folded(text: str) -> str:
    kept = (
        sign if unicodedata.category(sign) == "No" else unicodedata.normalize("NFKC", sign)
        for sign in text
    )
    return "".join(kept).strip().casefold()


def _figure(text: str) -> str:
    """Folded; nothing where the text is longer than any figure that can be meant."""
    return folded(text) if len(text) <= LONGEST_FIGURE else ""


def number_of(text: str) -> Decimal | None:
    """`12`, `12.0`, `1,200`, `-3`; nothing with words in it."""
    text = _figure(text)
    return _decimal(text) if _PLAIN.fullmatch(text) else None


def quantity_of(text: str) -> tuple[Decimal, Unit | None, int] | None:
    """Number, the unit the text itself names, and loose tins beside cases (`3箱6听`)."""
    text = _figure(text)
    if text.startswith("+"):
        return None  # so much more than something else
    if match := _QUANTITY.fullmatch(text):
        if _PERHAPS_THOUSANDS.fullmatch(match["number"]):
            return None
        return _decimal(match["number"]), _unit(match), 0
    if match := _MIXED.fullmatch(text):
        return Decimal(match["cases"]), Unit.CASES, int(match["tins"])
    if match := _HANZI.fullmatch(_from_capitals(text)):
        count = hanzi_number(match["number"])
        return None if count is None else (Decimal(count), _unit(match), 0)
    return None


def may_be_quantity(text: str) -> bool:
    """Whether a text that is no quantity was meant as one: `约480`, `待定`, `同上`; names are not."""
    text = folded(text)
    words = re.sub(r"[\d\s.,+~-]", "", text)
    return len(words) <= LONGEST_MEANT and bool(_MEANT.search(text))


def _from_capitals(text: str) -> str:
    """`拾贰` is 十二; capital signs mixed with plain ones are left, and then no number."""
    if not _CAPITAL.search(text):
        return text
    return text if re.search("[一二三四五六七八九十百千]", text) else text.translate(_CAPITALS)


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
    match = _MONEY.fullmatch(_figure(text))
    return _decimal(match["number"]) if match else None


def price_of(text: str) -> tuple[Decimal, Unit | None] | None:
    """A price and what it is of, where the text says so: `168元/听`, `1008元/箱`."""
    match = _PRICE.fullmatch(_figure(text))
    return (_decimal(match["number"]), _unit(match)) if match else None


def capital_money_of(text: str) -> Decimal | None:
    """`壹万零捌拾元整`: money in the capital signs of cheques."""
    text = re.sub(r"[\s:：]|人民币|大写|[()（）]", "", folded(text))
    match = _CAPITAL_MONEY.fullmatch(_from_capitals(text))
    if match is None or not _CAPITAL.search(text):
        return None
    wan = hanzi_number(match["wan"]) if match["wan"] else 0
    yuan = hanzi_number(match["yuan"].lstrip("零")) if match["yuan"].strip("零") else 0
    if wan is None or yuan is None or yuan >= 10_000:
        return None
    cents = 10 * _DIGITS.get(match["jiao"] or "零", 0) + _DIGITS.get(match["fen"] or "零", 0)
    return Decimal(wan * 10_000 + yuan) + Decimal(cents) / 100


def date_of(text: str) -> date | None:
    """A whole date; one without a year, or with day and month in doubt, is None."""
    text = _bare_date(text)
    for form in _DATE_FORMS:
        if match := form.fullmatch(text):
            return _day(int(match["y"]), int(match["m"]), int(match["d"]))
    for form in _NAMED_MONTH:
        if (match := form.fullmatch(text)) and match["name"] in _MONTHS:
            return _day(int(match["y"]), _MONTHS[match["name"]], int(match["d"]))
    return None


def date_readings(text: str) -> tuple[tuple[int | None, int, int], ...]:
    """Year, month and day as a text that is no whole date may mean them; a year may be missing.

    `11月3日` has one reading, `03/04/2026` two; which of them holds is for those to say who know
    when the mail came.
    """
    text = _bare_date(text)
    if match := _MONTH_AND_DAY.fullmatch(text):
        found: list[tuple[int | None, int, int]] = [(None, int(match["m"]), int(match["d"]))]
    elif match := _SHORT.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        found = [(None, first, second), (None, second, first)]
    elif match := _THREE.fullmatch(text):
        a, b, c = (int(match[n]) for n in (1, 3, 4))
        last = c if c > 99 else 2000 + c
        found = [(2000 + a, b, c)] if c <= 99 else []
        found += [] if match[2] == "年" else [(last, a, b), (last, b, a)]
    else:
        return ()
    leap = 2024
    return tuple(dict.fromkeys(r for r in found if _day(r[0] or leap, r[1], r[2])))


def _bare_date(text: str) -> str:
    """Without time of day, day of the week, and spaces around the marks; Chinese signs as digits."""
    text = re.sub(r"\s*([年月日号/.-])\s*", r"\1", folded(text))
    text = re.sub(r"\s*(?:[(]?(?:星期|周)[一二三四五六日天][)]?|上午|下午)", " ", text).strip()
    text = _TIME_BEHIND.sub("", text).strip()
    if match := _HANZI_DATE.fullmatch(text):
        year = "".join(str(_DIGITS[c]) for c in match["y"] or "")
        month, day = hanzi_number(match["m"]), hanzi_number(match["d"])
        if month and day:
            return f"{year}年{month}月{day}日" if year else f"{month}月{day}日"
    return text


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
