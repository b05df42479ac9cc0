"""Every table of a sheet with its verdict, and whether anything about it speaks of ordering."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from mailflow.domain.naming import KnownNames
from mailflow.domain.report import Said
from mailflow.domain.sheet import Span, Written
from mailflow.parsers.grid import Grid
from mailflow.parsers.kinds.called_stock import called_stock
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.kinds.form import GOODS, WHOSE
from mailflow.parsers.kinds.forms import FORMS
from mailflow.parsers.kinds.own_tables import OwnTable, own_lists
from mailflow.parsers.kinds.report_columns import cells_from_top, cells_of, filled_slots
from mailflow.parsers.kinds.report_head import MOST_ROWS, said_around, titles_above
from mailflow.parsers.kinds.report_tables import ReportTable, report_tables
from mailflow.parsers.kinds.report_verdict import CERTAIN, Verdict, speaks_of_orders, verdict_on
from mailflow.parsers.own_list import numbers_named
from mailflow.parsers.page import Page

DAYS = frozenset({Field.VALID_FROM})
"""Labels above a table that tell its kind as a column would."""


@dataclass(slots=True)
class Judged:
    """A table with its verdict. `orders` says whether it speaks of ordering itself, `in_words`
    whether it does so otherwise than by prices or a quantity to spare, `called_order`
    whether the mail's subject or the name of its file does, `conclusive` whether it holds what
    nobody fills in who orders. `rows` are those of the sheet that are about it."""

    page: Page
    table: ReportTable
    verdict: Verdict
    orders: bool
    in_words: bool
    called_order: bool
    conclusive: bool
    rows: range
    number: tuple[Said, ...] = ()
    """Of a dispatch list of ours: its number and revision, where they are printed."""
    titles: tuple[Written, ...] = ()
    """What stands above it, and the names of its sheet, its file and its mail."""

    @property
    def is_certain(self) -> bool:
        """Whether a table that reads as an order is a report all the same."""
        return self.is_certain_by_itself and not self.called_order

    @property
    def is_certain_by_itself(self) -> bool:
        """Whether it is a report where it does not read as an order, whatever its file is called."""
        verdict = self.verdict
        told = self._is_told and not self.orders
        return verdict.form is not None and told and verdict.points >= CERTAIN

    @property
    def is_likely(self) -> bool:
        """Whether an order that it reads as is asked about."""
        says_so = not self.called_order or self.verdict.points >= CERTAIN
        named = self.verdict.has_title and not self.in_words
        return self._is_told and (self.conclusive or (says_so and (named or not self.orders)))

    @property
    def listed(self) -> str:
        """The header of a column that names dispatch lists of ours; empty where there is none. What
        stands beside them was ordered before, whatever the table is."""
        for headed in self.table.headed:
            if headed.field is Field.LIST_NO:
                cells = cells_of(self.page, self.table, headed.column).values()
                if any(numbers_named(cell.text) for cell in cells):
                    return headed.header
        return ""

    @property
    def _is_told(self) -> bool:
        told = self.verdict.has_proof or self.verdict.has_title
        return bool(self.verdict.may_be) and told

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
    page = Page(grid, name, known)
    tables = report_tables(page)
    if lists := own_lists(page, tables):
        return JudgedSheet(grid, [_own(page, found) for found in lists])
    sheet, since = JudgedSheet(grid), 0
    called = speaks_of_orders(hint.text for hint in hints)
    for table in tables:
        above = tuple(titles_above(page, table.top, since))
        titles = (*above, Written(grid.name), Written(name))
        first = max(since, table.top - MOST_ROWS)
        labels = tuple(said_around(page, range(first, table.top), WHOSE))
        since_when = tuple(said_around(page, range(first, table.top), DAYS))
        names = [w for w in (*titles, *hints) if not labels and known.customer_within(w.text)]
        verdict = verdict_on(page, table, titles, FORMS, (*labels, *since_when), names)
        if not verdict.may_be:
            all_names, is_whose = (*titles, *hints), bool(labels or names)
            verdict = called_stock(table, all_names, known, is_whose=is_whose)
        own = (*above, Written(grid.name))
        orders = bool(verdict.may_be) and _is_priced(page, table, verdict)
        in_words = bool(verdict.may_be) and _speaks_of_orders(page, table, verdict, own)
        sheet.judged.append(
            Judged(
                page,
                table,
                verdict,
                orders=orders or in_words,
                in_words=in_words,
                called_order=called,
                conclusive=_is_conclusive(page, table, verdict),
                rows=range(first, grid.last_row + 1),
                titles=_once(*titles, *hints),
            )
        )
        since = table.bodies[-1].start
    return sheet


def _once(*texts: Written) -> tuple[Written, ...]:
    return tuple({w.text: w for w in reversed(texts) if w.text.strip()}.values())[::-1]


def _own(page: Page, found: OwnTable) -> Judged:
    return Judged(
        page,
        found.table,
        found.verdict,
        orders=False,
        in_words=False,
        called_order=False,
        conclusive=True,
        rows=found.rows,
        number=(found.number,),
    )


def _is_conclusive(page: Page, table: ReportTable, verdict: Verdict) -> bool:
    kinds = [form for form in FORMS if form.kind in verdict.may_be]
    telling = {field for form in kinds for field in form.conclusive}
    return _fills(page, table, telling)


def _fills(page: Page, table: ReportTable, fields: Collection[Field]) -> bool:
    return any(
        h.field in fields and any(cells_from_top(page, table, h.column)) for h in table.headed
    )


def _is_priced(page: Page, table: ReportTable, verdict: Verdict) -> bool:
    """Whether a table has prices beside goods, or a quantity that the kind has no use for."""
    form = verdict.form
    used: frozenset[Field] = frozenset()
    if form is not None:
        used = form.used
        filled = {h.column for s in filled_slots(page, table, form)[0] for h in s.headed}
        if any(h.field is Field.QUANTITY and h.column not in filled for h in table.headed):
            return True
    paid = {Field.PRICE, Field.AMOUNT, Field.FUNDING} - used
    return bool(table.fields & GOODS and table.fields & paid)


def _speaks_of_orders(
    page: Page, table: ReportTable, verdict: Verdict, texts: Sequence[Written]
) -> bool:
    """Words of ordering. What was ordered may be said beside what was sent of it."""
    form = verdict.form
    beside: frozenset[Field] = frozenset()
    if form is not None and Field.SHIPPED in table.fields:
        telling = (form.proofs | form.conclusive) - {Field.SHIPPED}
        if _fills(page, table, telling):
            beside = frozenset({Field.ORDERED, Field.SHORT}) & form.used
    headers = [
        h.header
        for h in table.headed
        if h.field is None or (h.field in COUNTS and h.field not in beside)
    ]
    return speaks_of_orders([*(w.text for w in texts), *headers])
