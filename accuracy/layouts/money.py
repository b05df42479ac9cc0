"""One order whose cash, expense and gift goods stand apart, told by where they stand."""

from __future__ import annotations

from dataclasses import replace

from accuracy import painting
from accuracy.book import Book
from accuracy.brush import Brush
from accuracy.draft import Draft, Layout, page_of
from accuracy.form import Form, Row
from accuracy.headers import paint_header
from accuracy.layouts.single import brush_at, print_all

SECTIONS = (
    {"cash": "现金货", "expense": "费用货", "sample": "赠品"},
    {"cash": "一、现金款", "expense": "二、费用款", "sample": "三、小听粉"},
    {"cash": "【现金货】", "expense": "【费用货】", "sample": "【小听粉】"},
    {"cash": "现金订货：", "expense": "费用订货：", "sample": "赠品："},
    {"cash": "A. 现金部分", "expense": "B. 费用部分", "sample": "C. 小听粉部分"},
    {"cash": "现金款订单", "expense": "费用款订单", "sample": "小听粉申请"},
)


def by_funding(form: Form) -> dict[str, list[Row]]:
    return {
        word: rows
        for word in ("cash", "expense", "sample")
        if (rows := [r for r in form.rows if r.line.funding.value == word])
    }


def _sections(draft: Draft) -> list[Book]:
    """One table; a row of its own says what the lines below it are paid with."""
    [form], brush = draft.forms, page_of(draft)
    brush.flat = False
    said = draft.rng.choice(SECTIONS)
    summed = draft.rng.random() < 0.5
    painting.paint_top(brush, form)
    paint_header(brush, form)
    number = 0
    groups = by_funding(form)
    for funding, rows in groups.items():
        brush.line(said[funding], len(form.headings))
        for row in rows:
            number += 1
            painting.paint_row(brush, form, row, number)
        if summed and len(groups) > 1:
            painting.paint_total(brush, form, "小计", rows, f"{form.key}_{funding}")
    form.rows = [r for rows in groups.values() for r in rows]
    if form.totals:
        painting.paint_total(brush, form, form.total_word, form.rows, form.total)
    painting.paint_foot(brush, form, len(form.headings))
    return [Book([brush.page])]


def _block(brush: Brush, form: Form, title: str, rows: list[Row]) -> None:
    """A table of its own with its own header and total."""
    brush.line(title, len(form.headings))
    paint_header(brush, form)
    for number, row in enumerate(rows, start=1):
        painting.paint_row(brush, form, row, number)
    painting.paint_total(brush, form, "小计", rows, f"{form.key}_{title}")


def _blocks(draft: Draft) -> list[Book]:
    """A cash block and an expense block below each other, each with a header."""
    [form], brush = draft.forms, page_of(draft)
    brush.flat = False
    said = draft.rng.choice(SECTIONS)
    painting.paint_top(brush, form)
    groups = by_funding(form)
    for funding, rows in groups.items():
        _block(brush, form, said[funding], rows)
        brush.row += draft.rng.choice((1, 1, 2))
    form.rows = [r for rows in groups.values() for r in rows]
    if form.totals and len(groups) > 1 and draft.rng.random() < 0.5:
        painting.paint_total(brush, form, form.total_word, form.rows, form.total)
    painting.paint_foot(brush, form, len(form.headings))
    return [Book([brush.page])]


def _gifts(draft: Draft) -> list[Book]:
    """Goods first, then a small table of sample tins without money."""
    [form], brush = draft.forms, page_of(draft)
    brush.flat = False
    groups = by_funding(form)
    gifts = groups.pop("sample")
    goods = replace(form, rows=[r for rows in groups.values() for r in rows])
    painting.paint_top(brush, form)
    painting.paint_table(brush, goods)
    brush.row += draft.rng.choice((0, 1, 2))
    small = replace(form, rows=gifts, totals=False)
    small.headings = [
        h for h in form.headings if h.field not in ("price", "case_price", "amount", "funding")
    ]
    brush.line(
        draft.rng.choice(("赠品", "小听粉", "赠品（小听粉）", "随货赠品：")), len(small.headings)
    )
    painting.paint_table(brush, small)
    painting.paint_foot(brush, replace(form, totals=False), len(form.headings))
    return [Book([brush.page])]


def _halves(draft: Draft) -> list[Book]:
    """A long list in two halves side by side under the same header words."""
    [form], brush = draft.forms, page_of(draft)
    brush.flat = False
    if draft.choices.rng.random() < 0.5 and "lines" not in draft.choices.need:
        print_all(form, draft)
    painting.paint_top(brush, form)
    middle = (len(form.rows) + 1) // 2
    first = replace(form, rows=form.rows[:middle], totals=False)
    second = replace(form, rows=form.rows[middle:], totals=False)
    gap = draft.rng.choice((0, 1))
    right = brush_at(brush, brush.row, brush.left + len(form.headings) + gap)
    painting.paint_table(brush, first)
    paint_header(right, second)
    for number, row in enumerate(second.rows, start=middle + 1):
        painting.paint_row(right, second, row, number)
    if form.totals:
        painting.paint_total(brush, form, form.total_word, form.rows, form.total)
    painting.paint_foot(brush, form, len(form.headings))
    return [Book([brush.page])]


def _money_side_by_side(draft: Draft) -> list[Book]:
    """Cash goods left, expense goods right, each under its own title."""
    [form], brush = draft.forms, page_of(draft)
    brush.flat = False
    said = draft.rng.choice(SECTIONS)
    painting.paint_top(brush, form)
    top, lowest = brush.row, brush.row
    left = brush.left
    for funding, rows in by_funding(form).items():
        side = brush_at(brush, top, left)
        side.flat = False
        _block(side, form, said[funding], rows)
        left += len(form.headings) + 1
        lowest = max(lowest, side.row)
    brush.row = lowest
    return [Book([brush.page])]


TOLD_BY_PLACE = frozenset({"funding"})
MONEY = (
    Layout("section rows", _sections, need=frozenset({"expense"}), avoid=TOLD_BY_PLACE),
    Layout("cash and expense blocks", _blocks, need=frozenset({"expense"}), avoid=TOLD_BY_PLACE, offers=frozenset({"labels", "columns", "lines"})),
    Layout("gift block", _gifts, need=frozenset({"samples"}), avoid=TOLD_BY_PLACE | {"expense"}, offers=frozenset({"labels", "columns", "lines"})),
    Layout("halves side by side", _halves, need=frozenset({"several lines"}), avoid=frozenset({"expense"}), offers=frozenset({"labels", "columns"})),
    Layout("cash beside expense", _money_side_by_side, need=frozenset({"expense"}), avoid=TOLD_BY_PLACE | {"samples"}, offers=frozenset({"labels", "columns", "lines"})),
)  # fmt: skip
