"""Days as people at a warehouse write them, read beside a day that is known.

`11月10日`, `26.11.10` and `10/11/2026` may mean several days. Of goods that were sent for a list of
9 November 2026 only one of them can be meant; where two can, it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.report import Said
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Cell
from mailflow.parsers.kinds.draft import Draft
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.report_columns import cells_of
from mailflow.parsers.kinds.report_values import Unreadable, day_in
from mailflow.parsers.kinds.table_facts import TableFacts
from mailflow.parsers.values import date_of, date_readings

SENT_WITHIN = timedelta(days=120)
"""After the day of its list at most; longer open ones are sent by a new list."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""What lies outside is a slip, and says nothing of the days beside it."""
BESIDE = timedelta(days=60)
KEPT_WITHIN = timedelta(days=5 * 366)
"""What infant formula is made before and lasts beyond the day it is sent, at most."""


@dataclass(frozen=True, slots=True)
class DayMeant:
    """A text that names no whole day for certain."""

    text: str
    readings: tuple[tuple[int | None, int, int], ...]


def day_meant(cell: Cell) -> date | DayMeant | None:
    try:
        return day_in(cell)
    except Unreadable:
        if readings := date_readings(cell.text):
            return DayMeant(cell.text, readings)
        raise


def settle_day(draft: Draft, slot: str, span: tuple[date, date] | None) -> None:
    """Both days included; where no span is known, only a whole day is a day."""
    value = draft.values.get(slot)
    if not isinstance(value, DayMeant):
        return
    days = {d for reading in value.readings for d in _days(reading, span)}
    if len(days) == 1:
        draft.values[slot] = days.pop()
    else:
        draft.doubt(slot, DoubtKind.VALUE_UNREADABLE, value.text)


def day_said(
    head: Sequence[Said], field: str, span: tuple[date, date] | None
) -> tuple[date | None, list[Doubt]]:
    """The day a label says of all rows, and what is doubted of it."""
    said = next((said for said in head if said.field == field), None)
    if said is None:
        return None, []
    days = {day} if (day := date_of(said.text)) else set()
    for reading in () if days else date_readings(said.text):
        days.update(_days(reading, span))
    if len(days) == 1:
        return days.pop(), []
    return None, [Doubt(DoubtKind.VALUE_UNREADABLE, said.at, said.text)]


def _days(reading: tuple[int | None, int, int], span: tuple[date, date] | None) -> list[date]:
    if span is None:
        return []
    first, last = span
    year, month, number = reading
    years = [year] if year else range(first.year, last.year + 1)
    found = []
    for each in years:
        try:
            day = date(each, month, number)
        except ValueError:
            continue
        if first <= day <= last:
            found.append(day)
    return found


def around(facts: TableFacts, slot: str) -> tuple[date, date] | None:
    """Two months before and behind the whole days of a column; of the day the sheet is of, where the
    column has none."""
    column = facts.columns.get(slot)
    if column is None:
        return None
    cells = cells_of(facts.page, facts.table, column).values()
    read = [d for cell in cells if (d := cell.day or date_of(cell.text))]
    days = [day for day in read if FIRST_YEAR <= day.year <= LAST_YEAR]
    if not days and (day := date_of(facts.said.get(Field.DATE, ""))):
        days = [day] if FIRST_YEAR <= day.year <= LAST_YEAR else []
    return (min(days) - BESIDE, max(days) + BESIDE) if days else None


def after(day: date | None, within: timedelta) -> tuple[date, date] | None:
    return None if day is None else (day, day + within)


def before(day: date | None, within: timedelta) -> tuple[date, date] | None:
    return None if day is None else (day - within, day)
