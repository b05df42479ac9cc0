"""Every table of a sheet with its verdict, and whether anything about it speaks of ordering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mailflow.domain.naming import KnownNames
from mailflow.domain.sheet import Span, Written
from mailflow.parsers.grid import Grid
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.kinds.form import GOODS
from mailflow.parsers.kinds.forms import FORMS
from mailflow.parsers.kinds.report_columns import filled_slots
from mailflow.parsers.kinds.report_head import titles_above
from mailflow.parsers.kinds.report_tables import ReportTable, report_tables
from mailflow.parsers.kinds.report_verdict import CERTAIN, Verdict, speaks_of_orders, verdict_on
from mailflow.parsers.own_list import numbers_over_lists
from mailflow.parsers.page import Page


@dataclass(slots=True)
class Judged:
    """A table with its verdict. `orders` says whether it speaks of ordering itself, `called_order`
    whether the mail's subject or the name of its file does."""

    page: Page
    table: ReportTable
    verdict: Verdict
    titles: tuple[Written, ...]
    orders: bool
    called_order: bool

    @property
    def is_certain(self) -> bool:
        """Whether a table that reads as an order is a report all the same."""
        return self.is_certain_by_itself and not self.called_order

    @property
    def is_certain_by_itself(self) -> bool:
        """Whether it is a report where it does not read as an order, whatever its file is called."""
        verdict = self.verdict
        return verdict.form is not None and self._is_told and verdict.points >= CERTAIN

    @property
    def is_likely(self) -> bool:
        """Whether an order that it reads as is asked about."""
        return self._is_told and (not self.called_order or self.verdict.points >= CERTAIN)

    @property
    def _is_told(self) -> bool:
        told = self.verdict.has_proof or self.verdict.has_title
        return bool(self.verdict.may_be) and told and not self.orders

    @property
    def reach(self) -> Span:
        table = self.table
        bottom = max(table.top, table.bodies[-1].stop - 1)
        return self.page.span(table.top, table.left, bottom, table.right)


@dataclass(slots=True)
class JudgedSheet:
    grid: Grid
    judged: list[Judged] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        return bool(self.judged) and all(j.is_certain for j in self.judged)

    @property
    def is_certain_by_itself(self) -> bool:
        return bool(self.judged) and all(j.is_certain_by_itself for j in self.judged)


def judged_sheet(grid: Grid, name: str, known: KnownNames, hints: Sequence[Written]) -> JudgedSheet:
    page, sheet, since = Page(grid, name, known), JudgedSheet(grid), 0
    called = speaks_of_orders(hint.text for hint in hints)
    for table in report_tables(page):
        above = tuple(titles_above(page, table.top, since))
        titles = (*above, Written(grid.name), Written(name))
        verdict = verdict_on(page, table, titles, FORMS)
        own = (*above, Written(grid.name))
        ours = _is_ours(page, table)
        orders = bool(verdict.may_be) and not ours and _speaks_of_orders(page, table, verdict, own)
        sheet.judged.append(Judged(page, table, verdict, above, orders, called and not ours))
        since = table.bodies[-1].start
    return sheet


def _speaks_of_orders(
    page: Page, table: ReportTable, verdict: Verdict, texts: Sequence[Written]
) -> bool:
    """Words of ordering, prices beside goods, or a quantity that the kind has no use for."""
    form = verdict.form
    used: frozenset[Field] = frozenset()
    if form is not None:
        used = frozenset(f for slot in form.slots.values() for f in slot.fields)
        filled = {h.column for s in filled_slots(page, table, form)[0] for h in s.headed}
        counting = [h for h in table.headed if h.field in COUNTS]
        if any(h.field is Field.QUANTITY and h.column not in filled for h in counting):
            return True
    paid = {Field.PRICE, Field.AMOUNT, Field.FUNDING} - used
    if table.fields & GOODS and table.fields & paid:
        return True
    headers = [h.header for h in table.headed if h.field in COUNTS or h.field is None]
    return speaks_of_orders([*(w.text for w in texts), *headers])


def _is_ours(page: Page, table: ReportTable) -> bool:
    """Our own dispatch list come back, filled in or not."""
    return any(row < table.top for row, _, _ in numbers_over_lists(page.grid))
