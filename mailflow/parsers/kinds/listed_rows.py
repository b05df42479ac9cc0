"""Of which dispatch list the rows of a report are, and what their days mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from mailflow.domain.document import AnyReport
from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.order import list_number
from mailflow.domain.report import Said
from mailflow.domain.shipment import ShipmentRow
from mailflow.domain.spelling import remembered
from mailflow.parsers.kinds.draft import Draft
from mailflow.parsers.kinds.field_reading import pairs_in
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.near_days import SENT_WITHIN, after, day_said, settle_day
from mailflow.parsers.kinds.report_columns import cells_of
from mailflow.parsers.kinds.table_facts import TableFacts
from mailflow.parsers.own_list import OwnNumber, number_over, numbers_named

_OUR_ORDER = re.compile(r"DD(\d{6}-\d{4,}(?:-\d{1,3})?)", re.IGNORECASE)
_DAY_OF = re.compile(r"FH(\d{2})(\d{2})(\d{2})-")
ON_THE_WAY = timedelta(days=60)
"""Longer no truck is on its way, nor does anybody say so beforehand."""


@remembered
def list_day(number: str) -> date | None:
    """The day a list's order came in, which its number tells."""
    match = _DAY_OF.match(number)
    try:
        return date(2000 + int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def with_day_said(
    report: Callable[..., AnyReport],
    *,
    head: Sequence[Said],
    doubts: Sequence[Doubt],
    rows: Sequence[ShipmentRow],
    **told: Any,
) -> AnyReport:
    """A report with the day that its head says of all goods; it was not before any of their lists."""
    lists = [day for row in rows if (day := list_day(row.list_no))]
    span = after(max(lists, default=None), SENT_WITHIN)
    day, unclear = day_said(head, Field.SHIPPED_ON, span)
    return report(head=head, doubts=(*doubts, *unclear), rows=rows, shipped_on=day, **told)


def _list_over(text: str) -> OwnNumber | None:
    """The list that a text says those below it are of, by itself or behind a label."""
    named = numbers_named(text)
    if not named:
        return None
    for field, value in pairs_in(text):
        if field is Field.LIST_NO and len(behind := numbers_named(value)) == 1:
            return behind[0]
    return number_over(text)


class ListedRows:
    """Settles of which list each row of a table is, and its days, from the top."""

    def __init__(self, facts: TableFacts) -> None:
        self.facts = facts
        self.headings = dict(self._headings())
        self.heading_rows = sorted(self.headings)
        self.is_grouped = self._is_grouped()

    def __call__(self, draft: Draft) -> None:
        self._of_list(draft)
        sent = list_day(draft.text("list_no"))
        settle_day(draft, "shipped_on", after(sent, SENT_WITHIN))
        for slot in ("arrives_on", "delivered_on"):
            settle_day(draft, slot, after(sent, SENT_WITHIN + ON_THE_WAY))

    def _of_list(self, draft: Draft) -> None:
        text, number = draft.text("list_no"), None
        if text:
            named = numbers_named(text)
            if len(named) > 1:
                draft.doubt("list_no", DoubtKind.VALUE_UNREADABLE, text)
                return
            number = named[0] if named else None
        elif match := _OUR_ORDER.fullmatch(draft.text("order_no").strip()):
            number = OwnNumber(list_number(f"DD{match[1]}"), "")
        else:
            number = self._heading_over(draft.row)
        if number is not None:
            draft.values["list_no"], draft.values["revision"] = number.number, number.revision
        elif not text and self.is_grouped:
            for slot in ("list_no", "revision"):
                if (said := draft.last.get(slot)) is not None:
                    draft.values[slot] = said

    def _heading_over(self, row: int) -> OwnNumber | None:
        """The list named above a row, outside of the lines."""
        place = bisect_left(self.heading_rows, row)
        return self.headings[self.heading_rows[place - 1]] if place else None

    def _headings(self) -> Iterator[tuple[int, OwnNumber | None]]:
        """Rows that name a list for those below them; None where one row names several. Where each
        line says it itself, what stands above the table says it of none."""
        page, table, columns = self.facts.page, self.facts.table, self.facts.columns
        column = columns.get("list_no")
        counted = [columns[slot] for slot in ("ordered", "shipped") if slot in columns]
        first = 0 if column is None or not cells_of(page, table, column) else table.top
        for row, cells in page.grid.rows.items():
            if row < first or (row > table.top and any(c in cells for c in counted)):
                continue
            texts = [c.text for at, c in cells.items() if at != column or row < table.top]
            if numbers := {n for text in texts if (n := _list_over(text))}:
                yield row, numbers.pop() if len(numbers) == 1 else None

    def _is_grouped(self) -> bool:
        """Whether a list's number stands in its first row only."""
        column = self.facts.columns.get("list_no")
        if column is None:
            return False
        cells = self.facts.page.grid.rows
        texts = [
            cells[r][column].text for r in self.facts.table.rows() if column in cells.get(r, ())
        ]
        return all(one != other for one, other in pairwise(texts))
