"""Which month a report is of: by a label, a column, a title, or the name of its sheet or file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.month import Month
from mailflow.domain.report import Said
from mailflow.domain.sheet import Place, Written
from mailflow.parsers.grid import Cell
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.report_values import NOTHING, Unreadable
from mailflow.parsers.values import folded, hanzi_number

LONGEST = 120
DECEMBER = 12
_DAYS = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?|(?<!\d)20\d{6}(?!\d)|\d{1,2}月\d{1,2}[日号]?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
)
_SPANS = re.compile(
    r"(?:\d{2,4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月?\s*[~至到—–-]\s*"
    r"(?:\d{2,4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月份?"
)
"""`1-10月` is no one month."""
_NAMES = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_REST = "(?:uary|ruary|ch|il|e|y|ust|tember|t|ober|ember)?"
_MONTHS = (
    re.compile(r"(?<!\d)(?P<y>20\d{2})\s*年\s*(?P<m>\d{1,2})\s*月(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{2})\s*年\s*(?P<m>\d{1,2})\s*月(?!\d)"),
    re.compile(r"(?<![\d.])(?P<y>20\d{2})[-/.](?P<m>0?[1-9]|1[0-2])(?![\d/.-])"),
    re.compile(r"(?<!\d)(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?!\d)"),
    re.compile(r"(?<![\d年.])\s*(?P<m>\d{1,2})\s*月(?!\d)"),
    re.compile(r"(?:(?P<y>20\d{2})年)?(?<![一二三四五六七八九十])(?P<h>十[一二]?|[一二三四五六七八九])月(?![一二三四五六七八九十\d])"),
    re.compile(rf"(?<![a-z])(?P<n>{_NAMES}){_REST}\.?,?\s*(?P<y>20\d{{2}})?(?![a-z\d])"),
)  # fmt: skip
_PLAIN = re.compile(r"(\d{1,2})(?:月份?)?")


def months_in(text: str) -> tuple[Month, ...]:
    """Every month that a text names; days are no months. A year said elsewhere in it counts."""
    text = _SPANS.sub(" ", _DAYS.sub(" ", folded(text[:LONGEST])))
    found: list[Month] = []
    for form in _MONTHS:
        for match in form.finditer(text):
            if (month := _month(match.groupdict())) is not None:
                found.append(month)
        text = form.sub(" ", text)
    years = {month.year for month in found if month.year}
    if not years and (said := set(re.findall(r"(?<!\d)(20\d{2})\s*年", text))) and len(said) == 1:
        found = [Month(int(next(iter(said))), month.month) for month in found]
    return tuple(dict.fromkeys(found))


def _month(parts: dict[str, str | None]) -> Month | None:
    number = parts.get("m")
    name, hanzi = parts.get("n"), parts.get("h")
    if name:
        month: int | None = _NAMES.split("|").index(name) + 1
    else:
        month = hanzi_number(hanzi) if hanzi else int(number or 0)
    year = parts.get("y")
    whole = None if not year else int(year) if len(year) > len("26") else 2000 + int(year)
    return Month(whole, month) if month and 1 <= month <= DECEMBER else None


def month_in(cell: Cell) -> Month | None:
    """The value of a cell in a column of months."""
    if cell.day is not None:
        return Month(cell.day.year, cell.day.month)
    text = folded(cell.text)
    if text in NOTHING:
        return None
    if (plain := _PLAIN.fullmatch(text)) and 1 <= int(plain[1]) <= DECEMBER:
        return Month(None, int(plain[1]))
    found = months_in(text)
    if len(found) != 1 or _DAYS.search(text):
        raise Unreadable
    return found[0]


def month_of(
    head: Sequence[Said], hints: Iterable[Written], whole: Place
) -> tuple[Month | None, list[Doubt]]:
    """What a label says goes first; what titles and names say of another month is asked about."""
    said = [s for s in head if s.field == Field.MONTH]
    labels = [(month, s.at) for s in said for month in months_in(s.text)]
    if said and not labels:
        return None, [Doubt(DoubtKind.VALUE_UNREADABLE, said[0].at, said[0].text)]
    named = [(m, hint.at or whole) for hint in hints for m in _one(months_in(hint.text))]
    every = [*labels, *named]
    if not every:
        return None, []
    first, at = max(every, key=lambda entry: (entry in labels, entry[0].year is not None))
    strange = [month for month, _ in every if not month.agrees(first)]
    if strange:
        found = " / ".join(dict.fromkeys(str(month) for month, _ in every))
        return None, [Doubt(DoubtKind.VALUE_UNREADABLE, at, found)]
    years = {month.year for month, _ in every if month.year}
    return Month(years.pop() if len(years) == 1 else None, first.month), []


def _one(months: tuple[Month, ...]) -> Iterator[Month]:
    if len(months) == 1:
        yield months[0]
