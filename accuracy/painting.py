"""A form is put on a page: its head, its table with header and totals, its foot."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import count

from accuracy import values
from accuracy.book import Formula, Value
from accuracy.brush import Brush
from accuracy.cells import cell
from accuracy.form import Form, Number, Row
from accuracy.headers import paint_header
from accuracy.heads import paint_head


def paint(brush: Brush, form: Form, titled: str) -> None:
    """The whole of a form from the brush's row on; the brush ends below it."""
    paint_top(brush, form, titled)
    paint_table(brush, form)
    paint_foot(brush, form, max(len(form.headings), 4))


def paint_top(brush: Brush, form: Form, titled: str = "none") -> None:
    """What stands above the table. `titled`: none, title, policy."""
    width = max(len(form.headings), 4)
    if titled != "none":
        brush.line(form.title, width)
    for text in form.policy if titled == "policy" else ():
        brush.line(text, width)
    if form.labels:
        paint_head(brush, form.labels, width)
    if form.unit_note:
        brush.put(max(0, width - 1) if brush.rng.random() < 0.5 else 0, form.unit_note)
        brush.row += 1
    elif form.labels and brush.rng.random() < 0.6:
        brush.row += 1


def paint_table(brush: Brush, form: Form) -> None:
    paint_header(brush, form)
    for number, row in enumerate(form.rows, start=1):
        paint_row(brush, form, row, number)
    if form.totals and brush.sum_up:
        paint_total(brush, form, form.total_word, form.rows, form.total)


def paint_row(brush: Brush, form: Form, row: Row, number: int) -> None:
    if row.title:
        brush.page.put(brush.row, brush.left, None, row.at("title"))
        brush.line(row.title, len(form.headings))
    for at, heading in enumerate(form.headings):
        brush.put(at, cell(form, row, heading.field, number), row.at(heading.field))
    if row.hidden:
        brush.page.hidden_rows.add(brush.row)
    if row.struck:
        width = len(form.headings)
        brush.page.struck |= {(brush.row, brush.left + at) for at in range(width)}
    brush.row += 1


SUMMED = ("cases", "tins", "qty", "amount")


def sums(form: Form, rows: Sequence[Row]) -> dict[str, Number]:
    """What is stated in the cells that can be seen, added up."""
    found: dict[str, Number] = {}
    for column in SUMMED:
        if form.has(column):
            source = form.hand.qty_unit if column == "qty" else column
            found[column] = sum((r.numbers[source] for r in rows), start=0)
    return found


def paint_total(brush: Brush, form: Form, word: str, rows: Sequence[Row], key: str) -> None:
    """Sums under their columns; the word before them, in the first column or the name's."""
    found = sums(form, rows)
    columns = [h.field for h in form.headings]
    first = min((columns.index(c) for c in found), default=1)
    if first == 0:
        return
    brush.put(0 if first == 1 else brush.rng.choice((0, 0, min(1, first - 1))), word)
    if first > 1 and brush.rng.random() < 0.3:
        brush.page.merge(brush.row, brush.left, brush.row, brush.left + first - 1)
        brush.page.cells.pop((brush.row, brush.left + 1), None)
        brush.put(0, word)
    for at, column in enumerate(columns):
        if column in found:
            value = form.total_raw.get(column) if rows is form.rows else None
            if value is None:
                value = _sum_value(brush, form, rows, column)
            brush.put(at, value, f"{key}_{column}")
    brush.row += 1
    if key == form.total:
        for number, row in enumerate(form.below, start=len(rows) + 1):
            paint_row(brush, form, row, number)
    if key == form.total and form.funding_sums:
        _funding_sums(brush, form, columns.index("amount"))


def _funding_sums(brush: Brush, form: Form, column: int) -> None:
    """What of the total is cash and what is expense, under it."""
    words = FUNDING_SUMS[form.hand.english]
    for funding, word in zip(("cash", "expense"), brush.rng.choice(words), strict=True):
        rows = [r for r in form.rows if r.line.funding.value == funding]
        total = sum((r.numbers["amount"] for r in rows), start=0)
        stated = form.funding_raw.get(funding, total)
        brush.put(0, word)
        brush.put(column, stated, f"{form.total}_{funding}")
        brush.row += 1


FUNDING_SUMS = (
    (("现金款合计", "费用款合计"), ("现金合计", "费用合计"), ("现金款小计：", "费用款小计："), ("其中：现金款", "其中：费用款")),
    (("Cash total", "Expense total"),),
)  # fmt: skip


def _sum_value(brush: Brush, form: Form, rows: Sequence[Row], column: str) -> Value:
    total = sums(form, rows)[column]
    cells = [f"{{{r.at(column)}}}" for r in rows if not isinstance(r.raw.get(column), str)]
    if form.hand.formulas and cells:
        listed = f"SUM({cells[0]}:{cells[-1]})" if brush.flat else "+".join(cells)
        return Formula(listed, Decimal(total))
    if column == "amount":
        return values.amount(total, form.hand.amount)
    if form.hand.quantity in ("thousands", "point"):
        return values.quantity(total, form.hand.quantity, "")
    return total


def paint_foot(brush: Brush, form: Form, width: int) -> None:
    total = Decimal(sums(form, form.rows).get("amount", 0))
    if (
        form.totals
        and total > 0
        and total == int(total)
        and not form.total_raw
        and brush.rng.random() < 0.2
    ):
        brush.page.put(brush.row, brush.left, None, f"{form.total}_capitals")
        brush.line(f"人民币（大写）：{values.capitals(total)}", width)
    if brush.rng.random() < 0.1:
        _account(brush)
    if form.notes and brush.rng.random() < 0.5:
        brush.row += 1
    for number, note in enumerate(form.notes):
        brush.page.put(brush.row, brush.left, None, form.note(number))
        brush.line(note, width)
    if brush.rng.random() < 0.5:
        brush.row += 1
        for at, word in zip(count(0, 2), form.signatures):
            brush.put(at, word)
        brush.row += 1


def _account(brush: Brush) -> None:
    """What the distributor has paid, for the finance department; no part of the order."""
    brush.row += 1
    for word in ("上期余额", "本次打款", "本期返利"):
        brush.put(0, word)
        brush.put(1, brush.rng.randint(100, 90_000) * 10)
        brush.row += 1
